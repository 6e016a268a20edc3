using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <summary>Slots in the clear with the level and scale that an encoded plaintext would have.</summary>
public sealed class ClearPlaintext : ICkksValue
{
    internal ClearPlaintext(CkksParameters parameters, Complex[] slots, int level, double scale)
    {
        Parameters = parameters;
        Slots = slots;
        Level = level;
        Scale = scale;
    }

    public int Level { get; }

    public double Scale { get; }

    public CkksParameters Parameters { get; }

    internal Complex[] Slots { get; }

    internal bool IsZero => Array.TrueForAll(Slots, slot => slot == Complex.Zero);
}
