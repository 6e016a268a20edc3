using System.Buffers;
using AIaaS.Homomorphic.Tests.Vectors;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class SealWriterTests
{
    [Theory]
    [InlineData(3, 6)]
    [InlineData(5, 0)]
    public void Writer_ForAVersionThatCannotBeRead_IsRefused(byte major, byte minor) =>
        Should.Throw<WireFormatException>(() => new SealWriter(new SealVersion(major, minor)));

    // node-seal compares the version of every header, nested ones too.
    [Fact]
    public void Write_ForAVersion_PutsItIntoEveryHeader()
    {
        using var key = SealVectors.Reader.ReadRelinearizationKey(VectorFile.Bytes("relin_seeded")).Value;
        var written = new ArrayBufferWriter<byte>();
        new SealWriter(new SealVersion(4, 7)).Write(written, key);
        var bytes = written.WrittenSpan;
        var headers = 0;
        for (var i = 0; i + 5 < bytes.Length; i++)
            if (bytes[i] == 0x5E && bytes[i + 1] == 0xA1 && bytes[i + 2] == 16)
            {
                (bytes[i + 3], bytes[i + 4]).ShouldBe(((byte)4, (byte)7));
                headers++;
            }
        // The object; of each of three digits the key, its array and its seed.
        headers.ShouldBe(10);
    }

    [Fact]
    public void Write_ForTheUniversalVersion_LeavesTheCorrectionFactorOut()
    {
        using var ciphertext = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("ct")).Value;
        var written = new ArrayBufferWriter<byte>();
        new SealWriter(SealVersion.Universal).Write(written, ciphertext);
        written.WrittenCount.ShouldBe(VectorFile.Bytes("ct").Length - 8);
    }

    [Fact]
    public void Write_OfASeededCiphertext_IsHalfTheSizeUnlessExpanded()
    {
        using var ciphertext = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("ct_seeded")).Value;
        Length(new SealWriter(), ciphertext).ShouldBe(24_770);
        Length(new SealWriter { ExpandSeeds = true }, ciphertext).ShouldBe(49_265);
        // What was computed into is no longer what the seed stands for.
        ciphertext.Reshape(2, ciphertext.Level, ciphertext.Scale);
        Length(new SealWriter(), ciphertext).ShouldBe(49_265);
    }

    private static int Length(SealWriter writer, AIaaS.Homomorphic.Ckks.Ciphertext ciphertext)
    {
        var written = new ArrayBufferWriter<byte>();
        writer.Write(written, ciphertext);
        return written.WrittenCount;
    }
}
