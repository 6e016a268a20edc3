using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Fuzz.Wire;

/// <summary>One kind of object: how it is read and written again, and the most bytes that it may have.</summary>
internal sealed record WireKind(string Name, long MaxSize, Func<Stream, IDisposable?> Read, Action<IDisposable, SealWriter, Stream> Write)
{
    public const int MaxGaloisKeys = 4;

    public static IReadOnlyList<WireKind> All(CkksContext context)
    {
        var reader = new SealReader(context);
        var parameters = context.Parameters;
        return
        [
            new("parms", ParametersFormat.MaxSize, ReadParameters, (_, _, _) => { }),
            Of("pt", PlaintextFormat.Size(parameters.Degree, parameters.Primes.Length - 1), s => reader.ReadPlaintext(s), (o, w, s) => w.Write(s, o)),
            Of("ct", CiphertextFormat.MaxSize(parameters), s => reader.ReadCiphertext(s), (o, w, s) => w.Write(s, o)),
            Of("sk", PlaintextFormat.Size(parameters.Degree, parameters.Primes.Length), s => reader.ReadSecretKey(s), (o, w, s) => w.Write(s, o)),
            Of("pk", PublicKeyFormat.MaxSize(parameters), s => reader.ReadPublicKey(s), (o, w, s) => w.Write(s, o)),
            Of("relin", RelinearizationKeyFormat.Size(parameters, SealVersion.Default, seeded: false), s => reader.ReadRelinearizationKey(s), (o, w, s) => w.Write(s, o)),
            Of("galois", GaloisKeysFormat.MaxSize(parameters, MaxGaloisKeys), s => reader.ReadGaloisKeys(s, MaxGaloisKeys), (o, w, s) => w.Write(s, o)),
        ];
    }

    private static WireKind Of<T>(string name, long maxSize, Func<Stream, SealObject<T>> read, Action<T, SealWriter, Stream> write)
        where T : class, IDisposable =>
        new(name, maxSize, source => read(source).Value, (value, writer, destination) => write((T)value, writer, destination));

    // The vectors' parameters are too small to be secure, which is refused after all has been read.
    private static IDisposable? ReadParameters(Stream source)
    {
        SealReader.ReadParameters(source, SecurityTable.Standard2018);
        return null;
    }
}
