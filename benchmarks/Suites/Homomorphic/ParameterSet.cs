namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A degree and its primes, special last, as both sides create them.</summary>
internal sealed record ParameterSet(string Name, int Degree, IReadOnlyList<int> Bits)
{
    public const double Scale = 1L << 40;

    public int MaxLevel => Bits.Count - 2;

    public static ParameterSet A { get; } = new("A", 8192, [50, 40, 40, 50]);

    public static ParameterSet B { get; } = new("B", 16384, [60, 40, 40, 40, 40, 40, 60]);

    /// <summary>Just the depth that a network with one square needs when every product is rescaled.</summary>
    public static ParameterSet C { get; } = new("C", 8192, [46, 40, 40, 40, 46]);

    /// <summary>What the planner takes for a network with one square.</summary>
    public static ParameterSet OneSquare { get; } = new("50,50|50", 8192, [50, 50, 50]);
}
