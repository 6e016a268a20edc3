namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A network that can be planned: linear layers with activations between them, first and last a linear one.</summary>
/// <param name="Input">Shape of an input, flattened channel by channel, row by row.</param>
/// <param name="InputRange">What every input value lies in; worst cases are computed from it.</param>
/// <param name="Layers">In order.</param>
public sealed record NetworkDescription(TensorShape Input, ValueRange InputRange, IReadOnlyList<NetworkLayer> Layers)
{
    /// <summary>Root mean square of the input values; null takes them as spread evenly over the range.</summary>
    public double? InputRms { get; init; }

    /// <summary>Every layer with the shape it takes.</summary>
    /// <exception cref="HomomorphicException">The layers do not fit together.</exception>
    public IReadOnlyList<(NetworkLayer Layer, TensorShape Input)> Walk()
    {
        if (!(InputRange.Low <= InputRange.High) || !double.IsFinite(InputRange.MaxAbs)) throw new HomomorphicException($"{InputRange.Low} to {InputRange.High} is no range.");
        if (Input.Channels < 1 || Input.Height < 1 || Input.Width < 1) throw new HomomorphicException($"An input of shape {Input} is empty.");
        var walk = new List<(NetworkLayer, TensorShape)>();
        var shape = Input;
        for (var i = 0; i < Layers.Count; i++)
        {
            if (Layers[i] is LinearLayer != (i % 2 == 0))
                throw new HomomorphicException($"Layer {i} is {Layers[i].GetType().Name}: linear layers and activations alternate, beginning with a linear one. Multiply consecutive linear layers into one.");
            walk.Add((Layers[i], shape));
            shape = Layers[i].OutputShape(shape);
        }
        return Layers.Count % 2 == 1 ? walk : throw new HomomorphicException("The last layer must be a linear one.");
    }

    /// <returns>The outputs of every linear layer, the last ones being the network's.</returns>
    /// <exception cref="HomomorphicException">The input has another size.</exception>
    public IReadOnlyList<double[]> Forward(ReadOnlySpan<double> input)
    {
        if (input.Length != Input.Count) throw new HomomorphicException($"The network takes {Input.Count} values ({Input}); {input.Length} were given.");
        var outputs = new List<double[]>();
        var values = input.ToArray();
        foreach (var (layer, shape) in Walk())
        {
            values = layer.Forward(shape, values);
            if (layer is LinearLayer) outputs.Add(values);
        }
        return outputs;
    }

    /// <summary>The same network with squares only: a x^2 + b x + c = a (x + b/2a)^2 + (c - b^2/4a), shifted and scaled in the layers around.</summary>
    /// <remarks>Measured ranges of changed layers are dropped; measure again.</remarks>
    public NetworkDescription Folded()
    {
        if (!Layers.Any(layer => layer is QuadraticLayer)) return this;
        _ = Walk();
        var layers = Layers.ToArray();
        for (var i = 1; i < layers.Length; i += 2)
        {
            if (layers[i] is not QuadraticLayer quadratic) continue;
            layers[i - 1] = ((LinearLayer)layers[i - 1]).Adjusted(1, 0, quadratic.Shift);
            layers[i] = new SquareLayer();
            layers[i + 1] = ((LinearLayer)layers[i + 1]).Adjusted(quadratic.A, quadratic.Constant, 0);
        }
        return this with { Layers = layers };
    }

    /// <summary>The same network with the ranges that its layers have over some inputs.</summary>
    public NetworkDescription Measured(IEnumerable<double[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outputs = inputs.Select(input => (Input: input, Layers: Forward(input))).ToArray();
        if (outputs.Length == 0) throw new HomomorphicException("Ranges are measured over at least one input.");
        var layers = Layers.Select((layer, i) => layer is LinearLayer linear
            ? linear with { Measured = Range(outputs.SelectMany(output => output.Layers[i / 2])) }
            : layer);
        return this with { Layers = [.. layers], InputRms = Range(outputs.SelectMany(output => output.Input)).Rms };
    }

    private static MeasuredRange Range(IEnumerable<double> values)
    {
        var (max, squares, count) = (0.0, 0.0, 0);
        foreach (var value in values) (max, squares, count) = (Math.Max(max, Math.Abs(value)), squares + value * value, count + 1);
        return new MeasuredRange(max, Math.Sqrt(squares / count));
    }
}
