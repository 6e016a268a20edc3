using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>Our side of a parameter set.</summary>
internal sealed class Engine(SealSet set)
{
    public SealSet Set { get; } = set;

    public CkksContext Context { get; } = new(set.Parameters);

    public CkksEncoder Encoder => field ??= new CkksEncoder(Context);

    public SealReader Reader => field ??= new SealReader(Context);

    public Plaintext Encode(double[] values) => Encoder.Encode(values, Context.Parameters.MaxLevel, Set.Scale);

    public double[] Decode(Plaintext plaintext)
    {
        var values = new double[Context.Parameters.SlotCount];
        Encoder.Decode(plaintext, values);
        return values;
    }

    public static byte[] Bytes(Action<SealWriter, Stream> write, string mode = "none", bool expandSeeds = false, SealVersion? version = null)
    {
        using var stream = new MemoryStream();
        write(new SealWriter(version, Mode(mode)) { ExpandSeeds = expandSeeds }, stream);
        return stream.ToArray();
    }

    public static SealCompression Mode(string mode) => Enum.Parse<SealCompression>(mode, ignoreCase: true);

    public void Agree(IReadOnlyList<double> values, Func<int, double> expected, double factor = 1)
    {
        var worst = Enumerable.Range(0, Set.Degree / 2).Max(slot => Math.Abs(values[slot] - expected(slot)));
        worst.ShouldBeLessThan(factor * Set.Tolerance);
    }
}
