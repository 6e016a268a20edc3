using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>Parameters that both sides create from the same bits.</summary>
public sealed record SealSet(string Name, int Degree, int[] Bits, double Scale)
{
    public static readonly SealSet Small = new("small", 4096, [36, 34, 36], 1 << 30);
    public static readonly SealSet A = new("A", 8192, [50, 40, 40, 50], 1L << 40);
    public static readonly SealSet B = new("B", 16384, [60, 40, 40, 40, 40, 40, 60], 1L << 40);
    public static readonly SealSet C = new("C", 8192, [46, 40, 40, 40, 46], 1L << 40);

    public static TheoryData<string> All => [Small.Name, A.Name, B.Name, C.Name];

    public CkksParameters Parameters => CkksParameters.Create(Degree, Bits);

    /// <summary>What values of a few units may be off by after a few operations: noise is far below, a wrong residue far above.</summary>
    public double Tolerance => Math.ScaleB(1, 20) / Scale + 1e-9;

    public static SealSet Of(string name) => name switch { "small" => Small, "A" => A, "B" => B, _ => C };

    public double[] Values(double phase = 0) => [.. Enumerable.Range(0, Degree / 2).Select(slot => Math.Sin(0.1 * slot + phase) + 0.001 * (slot % 50))];

    public override string ToString() => Name;
}
