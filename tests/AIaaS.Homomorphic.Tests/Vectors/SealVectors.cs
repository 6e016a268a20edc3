using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Homomorphic.Tests.Vectors;

/// <summary>The context that the vectors belong to, and a reader for it.</summary>
internal static class SealVectors
{
    public static CkksContext Context { get; } = new(Parameters("parms"));

    public static SealReader Reader { get; } = new(Context);

    public static CkksParameters Parameters(string name)
    {
        var (degree, primes) = SealEnvelope.Read(new MemoryStream(VectorFile.Bytes(name)), name, ParametersFormat.MaxSize, ParametersFormat.Read).Value;
        return CkksParameters.Insecure(degree, primes);
    }
}
