using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <summary>A linear transform with the level and scale that its encoded plaintexts would have.</summary>
public sealed class ClearTransform : ICkksValue
{
    internal ClearTransform(CkksParameters parameters, LinearTransform transform, Complex[][] values, int level, double scale)
    {
        Parameters = parameters;
        Transform = transform;
        Values = values;
        Level = level;
        Scale = scale;
    }

    public int Level { get; }

    public double Scale { get; }

    public CkksParameters Parameters { get; }

    public LinearTransform Transform { get; }

    /// <summary>Per term, by slot of the result, as the encoding rounded them.</summary>
    internal Complex[][] Values { get; }
}
