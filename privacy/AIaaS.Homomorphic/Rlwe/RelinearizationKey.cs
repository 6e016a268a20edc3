using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Rlwe;

/// <summary>Brings a product's third polynomial, under s^2, back to s. Public.</summary>
public sealed class RelinearizationKey : IDisposable
{
    internal RelinearizationKey(CkksContext context, KeySwitchKey key)
    {
        Context = context;
        Key = key;
    }

    public CkksContext Context { get; }

    internal KeySwitchKey Key { get; }

    public void Dispose() => Key.Dispose();
}
