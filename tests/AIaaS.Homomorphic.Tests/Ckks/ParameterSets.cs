using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>A secure set of every degree; contexts are made once for all tests.</summary>
internal static class ParameterSets
{
    private static readonly Dictionary<int, Lazy<CkksContext>> Contexts = new()
    {
        [1024] = Context(1024, 26),
        [2048] = Context(2048, 26, 27),
        [4096] = Context(4096, 36, 34, 36),
        [8192] = Context(8192, 50, 40, 40, 50),
        [16384] = Context(16384, 60, 40, 40, 40, 40, 40, 60),
        [32768] = Context(32768, 51, 45, 45, 55),
        [65536] = Context(65536, 50, 40, 50),
    };

    public static TheoryData<int> Degrees => [.. Contexts.Keys];

    public static CkksContext Of(int degree) => Contexts[degree].Value;

    /// <summary>Leaves room at every level: ciphertexts at level 0 have the first prime only.</summary>
    public static double Scale(CkksContext context) => Math.ScaleB(1, context.Parameters.Degree switch { 1024 or 2048 => 20, 4096 => 30, _ => 40 });

    public static double[] Values(CkksContext context, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, context.Parameters.SlotCount).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static Lazy<CkksContext> Context(int degree, params int[] bits) => new(() => new CkksContext(CkksParameters.Create(degree, bits)));
}
