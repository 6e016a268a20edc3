using System.Numerics;
using AIaaS.Homomorphic.Tests.Vectors;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class VectorDecryptionTests
{
    private const int Slots = 12;

    private static Complex Slot(int i) => new(Math.Sin(0.1 * i) + 0.001 * i, Math.Cos(0.37 * i));

    [Theory]
    [InlineData("ct")]
    [InlineData("ct_seeded")]
    [InlineData("ct_zlib")]
    [InlineData("ct_seeded_zlib")]
    public void Ciphertext_OfSeal_DecryptsToItsSlots(string name) => ShouldDecrypt(name, "sk", Slot, 1e-4);

    [Theory]
    [InlineData("node_ct")]
    [InlineData("node_ct_seeded_zstd")]
    public void Ciphertext_OfNodeSeal_DecryptsToItsSlots(string name) => ShouldDecrypt(name, "node_sk", i => i / 100.0, 1e-4);

    [Theory]
    [InlineData("ct_mul3")]
    [InlineData("ct_relin")]
    [InlineData("ct_rescaled")]
    public void Ciphertext_MultipliedBySeal_DecryptsToSquares(string name) => ShouldDecrypt(name, "sk", i => Slot(i) * Slot(i), 1e-3);

    [Fact]
    public void Ciphertext_RotatedBySeal_DecryptsToTheNextSlots() => ShouldDecrypt("ct_rot1", "sk", i => Slot(i + 1), 1e-3);

    [Fact]
    public void Ciphertext_RescaledBySeal_HasTheTrueScale()
    {
        using var ciphertext = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("ct_rescaled")).Value;
        ciphertext.Scale.ShouldBe(1073776640.1288781);
        ciphertext.Level.ShouldBe(1);
    }

    [Fact]
    public void Plaintext_OfSeal_HoldsItsSlots()
    {
        using var plaintext = SealVectors.Reader.ReadPlaintext(VectorFile.Bytes("pt")).Value;
        ShouldBe(HandDecryption.Slots(plaintext, Slots), Slot, 1e-6);
    }

    private static void ShouldDecrypt(string name, string keyName, Func<int, Complex> expected, double tolerance)
    {
        using var key = SealVectors.Reader.ReadSecretKey(VectorFile.Bytes(keyName)).Value;
        using var ciphertext = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes(name)).Value;
        ShouldBe(HandDecryption.Slots(ciphertext, key, Slots), expected, tolerance);
    }

    private static void ShouldBe(Complex[] slots, Func<int, Complex> expected, double tolerance)
    {
        for (var i = 0; i < slots.Length; i++)
            Complex.Abs(slots[i] - expected(i)).ShouldBeLessThan(tolerance, $"slot {i} is {slots[i]}, not {expected(i)}");
    }
}
