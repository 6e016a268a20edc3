using AIaaS.Models.Families;
using AIaaS.Pipeline.Datasets;
using static TorchSharp.torch;

namespace AIaaS.Training.Networks;

/// <summary>All parameters of a network in one vector, and their gradients in another, so that an optimiser step is a few operations however many layers there are.</summary>
/// <remarks>
/// Every parameter begins at a multiple of 64 bytes (16 floats): kernels then round alike whatever came before it. The gaps
/// stay zero. Convolution weights lie as [outputs, height, width, inputs] ("channels last"), from which torch's kernels and
/// the pooling after them are about a sixth faster on CPUs.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    private const int Alignment = 16;

    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _gradients = [];
    private readonly List<(ParameterSpec Spec, long Offset)> _layout = [];

    public FlatParameters(NetworkPlan plan, Device device)
    {
        long length = 0;
        foreach (var spec in plan.Parameters)
        {
            _layout.Add((spec, length));
            length += (spec.Count + Alignment - 1) / Alignment * Alignment;
        }
        Values = zeros(length, float32, device).DetachFromDisposeScope();
        Gradients = zeros(length, float32, device).DetachFromDisposeScope();
        if (plan.Parameters.Any(spec => spec.Initial is not null)) Decayed = Weights(length, device);
        using var _ = no_grad();
        foreach (var (spec, offset) in _layout)
        {
            using var values = Values.narrow(0, offset, spec.Count);
            using var view = View(values, spec);
            var parameter = view.detach().DetachFromDisposeScope();
            parameter.requires_grad = true;
            using var gradients = Gradients.narrow(0, offset, spec.Count);
            var gradient = View(gradients, spec).DetachFromDisposeScope();
            parameter.grad = gradient;
            _parameters.Add(parameter);
            _gradients.Add(gradient);
        }
    }

    /// <summary>All values as one vector; writing to it writes to the parameters.</summary>
    public Tensor Values { get; }

    /// <summary>All gradients as one vector; a backward pass adds to it.</summary>
    public Tensor Gradients { get; }

    public Tensor this[int index] => _parameters[index];

    /// <summary>Uniform in ±1/√fan-in for weights and biases: PyTorch's default for dense and convolution layers.</summary>
    public void Initialise(int seed)
    {
        var random = new SplitMix64(SplitMix64.Mix((ulong)(uint)seed));
        var values = new float[Values.numel()];
        double bound = 0;
        foreach (var (spec, offset) in _layout)
        {
            if (spec.Initial is { } initial)
            {
                Array.Fill(values, (float)initial, (int)offset, (int)spec.Count);
                continue;
            }
            // A bias follows its weight and has the weight's fan-in.
            if (spec.Shape.Count > 1) bound = 1 / Math.Sqrt(spec.Shape.Skip(1).Aggregate(1.0, (product, size) => product * size));
            for (var i = offset; i < offset + spec.Count; i++)
                values[i] = (float)(bound * ((random.Next() >> 11) * (2.0 / (1UL << 53)) - 1));
        }
        Load(values);
    }

    public void Load(float[] values)
    {
        using var _ = no_grad();
        using var source = tensor(values);
        Values.copy_(source);
    }

    public float[] Save()
    {
        using var values = Values.cpu();
        return values.data<float>().ToArray();
    }

    /// <summary>1 where weight decay pulls: at weights alone in networks with normalization, where biases and factors find their own size; null where everywhere.</summary>
    public Tensor? Decayed { get; private set; }

    /// <summary>What <see cref="ByName"/> gave.</summary>
    public void Load(IReadOnlyDictionary<string, float[]> values)
    {
        var flat = new float[Values.numel()];
        foreach (var (spec, offset) in _layout) Stored(values[spec.Name], spec).CopyTo(flat.AsSpan((int)offset));
        Load(flat);
    }

    /// <summary>By name, row-major in the shapes of the plan, without the gaps.</summary>
    public IReadOnlyDictionary<string, float[]> ByName(float[] values) => _layout.ToDictionary(
        entry => entry.Spec.Name, entry => RowMajor(values.AsSpan((int)entry.Offset, (int)entry.Spec.Count), entry.Spec), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var tensor in _parameters.Concat(_gradients)) tensor.Dispose();
        Values.Dispose();
        Gradients.Dispose();
        Decayed?.Dispose();
    }

    private Tensor Weights(long length, Device device)
    {
        var mask = new float[length];
        foreach (var (spec, offset) in _layout)
            if (spec.Shape.Count > 1) Array.Fill(mask, 1, (int)offset, (int)spec.Count);
        return tensor(mask, device: device).DetachFromDisposeScope();
    }

    private static Tensor View(Tensor flat, ParameterSpec spec)
    {
        long[] shape = [.. spec.Shape.Select(size => (long)size)];
        if (shape.Length < 4) return flat.view(shape);
        using var last = flat.view(shape[0], shape[2], shape[3], shape[1]);
        return last.permute(0, 3, 1, 2);
    }

    private static float[] RowMajor(ReadOnlySpan<float> stored, ParameterSpec spec)
    {
        if (spec.Shape.Count < 4) return stored.ToArray();
        int inputs = spec.Shape[1], kernel = spec.Shape[2] * spec.Shape[3];
        var values = new float[stored.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (output, input, at) = (i / (inputs * kernel), i / kernel % inputs, i % kernel);
            values[i] = stored[(((output * kernel) + at) * inputs) + input];
        }
        return values;
    }

    private static float[] Stored(float[] rowMajor, ParameterSpec spec)
    {
        if (spec.Shape.Count < 4) return rowMajor;
        int inputs = spec.Shape[1], kernel = spec.Shape[2] * spec.Shape[3];
        var values = new float[rowMajor.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (output, input, at) = (i / (inputs * kernel), i / kernel % inputs, i % kernel);
            values[(((output * kernel) + at) * inputs) + input] = rowMajor[i];
        }
        return values;
    }
}
