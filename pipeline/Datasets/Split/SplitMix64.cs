namespace AIaaS.Pipeline.Datasets;

/// <summary>Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): a small seeded generator whose output never changes with the runtime. Not for secrets.</summary>
public struct SplitMix64(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    public ulong Next()
    {
        _state += Golden;
        return Finish(_state);
    }

    /// <summary>Uniform in [0, <paramref name="bound"/>) up to a bias below 2^-32 for bounds that fit an int.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    public static ulong Mix(ulong value) => Finish(value + Golden);

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
