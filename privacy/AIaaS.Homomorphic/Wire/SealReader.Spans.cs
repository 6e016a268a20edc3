using System.Runtime.InteropServices;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire;

public sealed partial class SealReader
{
    /// <inheritdoc cref="ReadParameters(Stream, SecurityTable)"/>
    public static SealObject<CkksParameters> ReadParameters(ReadOnlySpan<byte> source, SecurityTable security = SecurityTable.Guideline2024) =>
        Whole(source, stream => ReadParameters(stream, security));

    public SealObject<Plaintext> ReadPlaintext(ReadOnlySpan<byte> source) => Whole(source, ReadPlaintext);

    /// <inheritdoc cref="ReadCiphertext(Stream)"/>
    public SealObject<Ciphertext> ReadCiphertext(ReadOnlySpan<byte> source) => Whole(source, ReadCiphertext);

    public SealObject<SecretKey> ReadSecretKey(ReadOnlySpan<byte> source) => Whole(source, ReadSecretKey);

    public SealObject<PublicKey> ReadPublicKey(ReadOnlySpan<byte> source) => Whole(source, ReadPublicKey);

    public SealObject<RelinearizationKey> ReadRelinearizationKey(ReadOnlySpan<byte> source) => Whole(source, ReadRelinearizationKey);

    /// <inheritdoc cref="ReadGaloisKeys(Stream, int?)"/>
    public SealObject<GaloisKeys> ReadGaloisKeys(ReadOnlySpan<byte> source, int? maxKeys = null) => Whole(source, stream => ReadGaloisKeys(stream, maxKeys));

    private static unsafe SealObject<T> Whole<T>(ReadOnlySpan<byte> source, Func<Stream, SealObject<T>> read)
    {
        if (source.IsEmpty) return read(Stream.Null);
        fixed (byte* first = &MemoryMarshal.GetReference(source))
        {
            using var stream = new UnmanagedMemoryStream(first, source.Length);
            var result = read(stream);
            var left = stream.Length - stream.Position;
            if (left == 0) return result;
            (result.Value as IDisposable)?.Dispose();
            throw new WireFormatException($"{left} bytes follow the object. Give the object alone, or read it from a stream.");
        }
    }
}
