using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>A key per rotation (or conjugation) that may be done. Public.</summary>
public sealed class GaloisKeys : IDisposable
{
    private readonly IReadOnlyDictionary<int, KeySwitchKey> _keys;

    /// <param name="context">Whose primes the rows are modulo.</param>
    /// <param name="keys">By Galois element; owned from now on.</param>
    internal GaloisKeys(CkksContext context, IReadOnlyDictionary<int, KeySwitchKey> keys)
    {
        Context = context;
        _keys = keys;
    }

    public CkksContext Context { get; }

    /// <summary>Galois elements that there are keys for, ascending.</summary>
    public IReadOnlyList<int> Elements => [.. _keys.Keys.Order()];

    public bool Allows(int steps) => _keys.ContainsKey(Context.GaloisElement(steps));

    /// <exception cref="HomomorphicException">There is no key for it.</exception>
    internal KeySwitchKey this[int element] => _keys.TryGetValue(element, out var key)
        ? key
        : throw new HomomorphicException(
            $"There is no Galois key for the element {element}{Named(element)}; the keys are for the elements {string.Join(", ", Elements)}. Make the keys with this rotation among the steps.");

    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    private string Named(int element)
    {
        if (element == Context.ConjugationElement) return " (conjugation)";
        for (var steps = 1; steps < Context.Parameters.SlotCount; steps++)
            if (Context.GaloisElement(steps) == element) return $" (rotation by {steps})";
        return "";
    }
}
