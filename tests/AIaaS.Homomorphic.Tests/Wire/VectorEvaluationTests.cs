using System.Buffers;
using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Tests.Vectors;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

/// <summary>Our evaluator on SEAL's ciphertexts and keys.</summary>
public sealed class VectorEvaluationTests : IDisposable
{
    private readonly SecretKey _secret = SealVectors.Reader.ReadSecretKey(VectorFile.Bytes("sk")).Value;
    private readonly RelinearizationKey _relinearization = SealVectors.Reader.ReadRelinearizationKey(VectorFile.Bytes("relin_seeded")).Value;
    private readonly GaloisKeys _galois = SealVectors.Reader.ReadGaloisKeys(VectorFile.Bytes("galois_seeded")).Value;
    private readonly CkksEvaluator _evaluator;

    public VectorEvaluationTests() => _evaluator = new CkksEvaluator(SealVectors.Context, _relinearization, _galois);

    [Fact]
    public void Multiply_OfSealsCiphertext_IsWhatSealComputes()
    {
        using var ciphertext = Read("ct");
        using var product = _evaluator.Multiply(ciphertext, ciphertext);
        Bytes(product).ShouldBe(VectorFile.Bytes("ct_mul3"));
    }

    [Fact]
    public void Rescale_OfSealsCiphertext_IsWhatSealComputes()
    {
        using var ciphertext = Read("ct_relin");
        using var rescaled = _evaluator.Rescale(ciphertext);
        Bytes(rescaled).ShouldBe(VectorFile.Bytes("ct_rescaled"));
    }

    [Fact]
    public void Relinearize_WithSealsKey_DecryptsAsSealsResultDoes()
    {
        using var product = Read("ct_mul3");
        using var relinearized = _evaluator.Relinearize(product);
        ShouldDecryptAs(relinearized, "ct_relin");
    }

    [Fact]
    public void Rotate_WithSealsKey_DecryptsAsSealsResultDoes()
    {
        using var ciphertext = Read("ct");
        using var rotated = _evaluator.Rotate(ciphertext, 1);
        ShouldDecryptAs(rotated, "ct_rot1");
    }

    [Fact]
    public void PublicKey_OfSeal_EncryptsForItsSecretKey()
    {
        using var key = SealVectors.Reader.ReadPublicKey(VectorFile.Bytes("pk_seeded")).Value;
        using var plaintext = SealVectors.Reader.ReadPlaintext(VectorFile.Bytes("pt")).Value;
        using var ciphertext = new Encryptor(key).Encrypt(plaintext);
        ShouldDecryptAs(ciphertext, "ct");
    }

    // A seed that outlives its polynomial would send another ciphertext than the one computed.
    [Fact]
    public void Result_WrittenIntoASeededCiphertext_IsSentInFull()
    {
        using var seeded = Read("ct_seeded");
        using var other = Read("ct");
        _evaluator.Add(seeded, other, seeded);
        using var sum = SealVectors.Reader.ReadCiphertext(Bytes(seeded)).Value;
        Slots(sum).Zip(Slots(other)).ShouldAllBe(pair => Complex.Abs(pair.First - 2 * pair.Second) < 1e-3);
    }

    public void Dispose()
    {
        _secret.Dispose();
        _relinearization.Dispose();
        _galois.Dispose();
    }

    private static Ciphertext Read(string name) => SealVectors.Reader.ReadCiphertext(VectorFile.Bytes(name)).Value;

    private static byte[] Bytes(Ciphertext ciphertext)
    {
        var written = new ArrayBufferWriter<byte>();
        new SealWriter(new SealVersion(4, 4)).Write(written, ciphertext);
        return written.WrittenSpan.ToArray();
    }

    private void ShouldDecryptAs(Ciphertext ciphertext, string name)
    {
        using var expected = Read(name);
        ciphertext.Scale.ShouldBe(expected.Scale);
        Slots(ciphertext).Zip(Slots(expected)).ShouldAllBe(pair => Complex.Abs(pair.First - pair.Second) < 1e-3);
    }

    private Complex[] Slots(Ciphertext ciphertext)
    {
        using var plaintext = new Decryptor(_secret).Decrypt(ciphertext);
        var slots = new Complex[SealVectors.Context.Parameters.SlotCount];
        new CkksEncoder(SealVectors.Context).Decode(plaintext, slots);
        return slots;
    }
}
