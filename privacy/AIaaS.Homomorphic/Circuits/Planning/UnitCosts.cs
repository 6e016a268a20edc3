namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Measured (or modelled) costs by level: what layouts are chosen by and latency is predicted from.</summary>
/// <param name="Levels">Level 0 first.</param>
public sealed record UnitCosts(IReadOnlyList<LevelCosts> Levels)
{
    public LevelCosts this[int level] => Levels[Math.Min(level, Levels.Count - 1)];

    /// <summary>A model: one key switch is (L + 1)(L + 2) transforms at L primes, 0.65 ms at N = 8,192 and L = 4; transforms cost N log N.</summary>
    public static UnitCosts Model(int degree, int levels = 16)
    {
        var size = degree * Math.Log2(degree) / (8192 * 13);
        var transform = 0.65 * size / 30;
        return new UnitCosts([.. Enumerable.Range(1, levels).Select(primes => new LevelCosts(
            Decompose: transform * primes * (primes + 1),
            Baby: transform * (2 * primes + 2),
            KeySwitch: transform * (primes + 1) * (primes + 2),
            MultiplyPlain: 0.0035 * size * primes,
            Square: 0.007 * size * primes,
            Rescale: 0.02 * size * primes))]);
    }
}
