using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <summary>Slots in the clear with the size, level and scale that a ciphertext would have. Using one after its disposal throws, as with real ones.</summary>
public sealed class ClearCiphertext : ICkksCiphertext
{
    private readonly ClearEvaluator _owner;
    private Complex[]? _slots;

    internal ClearCiphertext(ClearEvaluator owner, Complex[] slots, int size, int level, double scale)
    {
        _owner = owner;
        _slots = slots;
        Size = size;
        Level = level;
        Scale = scale;
        owner.Count(1);
    }

    public int Size { get; }

    public int Level { get; }

    public double Scale { get; }

    public CkksParameters Parameters => _owner.Parameters;

    internal Complex[] Slots => _slots ?? throw new ObjectDisposedException(nameof(ClearCiphertext));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _slots, null) is not null) _owner.Count(-1);
    }
}
