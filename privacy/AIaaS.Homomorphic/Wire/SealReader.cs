using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Reads Microsoft SEAL's objects of one parameter set, from bytes that nobody vouches for.</summary>
/// <remarks>
/// No memory is taken for a body before its exact size follows from the parameters and agrees with what the bytes declare; decompression stops there.
/// A stream is left after the object's last byte; a span must hold one object and nothing else. Used from any thread; a stream is read synchronously.
/// Whatever is wrong is a <see cref="WireFormatException"/>, other parameters than the context's a <see cref="ParametersMismatchException"/>.
/// </remarks>
public sealed partial class SealReader
{
    private readonly ExpectedParameters _expected;

    /// <param name="context">Whose parameters everything must have, and whose memory it will be in.</param>
    public SealReader(CkksContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _expected = new ExpectedParameters(context);
    }

    /// <exception cref="WireFormatException">The bytes are no parameters.</exception>
    /// <exception cref="HomomorphicException">The parameters are unsupported or not 128-bit secure by the table.</exception>
    public static SealObject<CkksParameters> ReadParameters(Stream source, SecurityTable security = SecurityTable.Guideline2024)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SealEnvelope.Read(source, ParametersFormat.Name, ParametersFormat.MaxSize, (reader, header) =>
        {
            var (degree, primes) = ParametersFormat.Read(reader, header);
            return CkksParameters.FromPrimes(degree, primes, security);
        });
    }

    public SealObject<Plaintext> ReadPlaintext(Stream source) => Read(
        source, PlaintextFormat.Name, PlaintextFormat.Size(Parameters.Degree, Parameters.DataPrimeCount), (reader, header) => PlaintextFormat.Read(reader, header, _expected));

    /// <summary>Seeded or not; a transparent one is refused.</summary>
    public SealObject<Ciphertext> ReadCiphertext(Stream source) => Read(
        source, CiphertextFormat.Name, CiphertextFormat.MaxSize(Parameters), (reader, header) => CiphertextFormat.Read(reader, header, _expected));

    public SealObject<SecretKey> ReadSecretKey(Stream source) => Read(
        source, SecretKeyFormat.Name, PlaintextFormat.Size(Parameters.Degree, Parameters.Primes.Length), (reader, header) => SecretKeyFormat.Read(reader, header, _expected));

    public SealObject<PublicKey> ReadPublicKey(Stream source) => Read(
        source, PublicKeyFormat.Name, PublicKeyFormat.MaxSize(Parameters), (reader, header) => PublicKeyFormat.Read(reader, header, _expected));

    public SealObject<RelinearizationKey> ReadRelinearizationKey(Stream source) => Read(
        source,
        RelinearizationKeyFormat.Name,
        RelinearizationKeyFormat.Size(Parameters, SealVersion.Default, seeded: false),
        (reader, header) => RelinearizationKeyFormat.Read(reader, header, _expected));

    /// <param name="source">At the header.</param>
    /// <param name="maxKeys">More are refused; null for as many as SEAL makes by itself, 2 log2(N/2) + 1.</param>
    public SealObject<GaloisKeys> ReadGaloisKeys(Stream source, int? maxKeys = null)
    {
        var most = maxKeys ?? GaloisKeysFormat.DefaultMaxKeys(Parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(maxKeys));
        return Read(source, GaloisKeysFormat.Name, GaloisKeysFormat.MaxSize(Parameters, most), (reader, _) => GaloisKeysFormat.Read(reader, _expected, most));
    }

    private CkksParameters Parameters => _expected.Parameters;

    private static SealObject<T> Read<T>(Stream source, string name, long maxSize, Func<WireReader, SealHeader, T> body)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SealEnvelope.Read(source, name, maxSize, body);
    }
}
