using System.Buffers;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Wire;

public sealed partial class SealWriter
{
    public void Write(IBufferWriter<byte> destination, CkksParameters parameters) => Write(Wrap(destination), parameters);

    public void Write(IBufferWriter<byte> destination, Plaintext plaintext) => Write(Wrap(destination), plaintext);

    public void Write(IBufferWriter<byte> destination, Ciphertext ciphertext) => Write(Wrap(destination), ciphertext);

    /// <summary>For the client's own keeping only.</summary>
    public void Write(IBufferWriter<byte> destination, SecretKey key) => Write(Wrap(destination), key);

    public void Write(IBufferWriter<byte> destination, PublicKey key) => Write(Wrap(destination), key);

    public void Write(IBufferWriter<byte> destination, RelinearizationKey key) => Write(Wrap(destination), key);

    public void Write(IBufferWriter<byte> destination, GaloisKeys keys) => Write(Wrap(destination), keys);

    private static BufferWriterStream Wrap(IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return new BufferWriterStream(destination);
    }
}
