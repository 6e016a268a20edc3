using System.Buffers.Binary;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Vectors;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class HostileObjectTests
{
    private const int ScaleOffset = 73;

    private const int DataOffset = 113;

    [Theory]
    [InlineData(49, 1UL << 16, "polynomials")]
    [InlineData(57, 1UL << 31, "degree")]
    [InlineData(65, 1UL << 16, "number of primes")]
    [InlineData(105, 1UL << 61, "words")]
    [InlineData(105, 6145UL, "words")]
    [InlineData(8, 1UL << 40, "declares")]
    [InlineData(81, 2UL, "correction factor")]
    public void Ciphertext_WithAnotherDimension_IsRefusedByName(int offset, ulong value, string message)
    {
        var bytes = VectorFile.Bytes("ct");
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
        ShouldRefuse(bytes, message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e31)]
    public void Ciphertext_WithAnImpossibleScale_IsRefused(double scale)
    {
        var bytes = VectorFile.Bytes("ct");
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(ScaleOffset), scale);
        ShouldRefuse(bytes, "scale");
    }

    [Fact]
    public void Ciphertext_WithAResidueEqualToItsPrime_IsRefused()
    {
        var bytes = VectorFile.Bytes("ct");
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(DataOffset + 8 * 1024), SealVectors.Context.Parameters.Primes[1]);
        ShouldRefuse(bytes, "not below its prime 1073698817");
    }

    [Fact]
    public void Ciphertext_Transparent_IsRefused()
    {
        var bytes = VectorFile.Bytes("ct");
        bytes.AsSpan(DataOffset + 3 * 8 * 1024).Clear();
        ShouldRefuse(bytes, "transparent");
    }

    [Fact]
    public void Write_OfATransparentCiphertext_IsRefused()
    {
        using var ciphertext = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("ct")).Value;
        for (var i = 3; i < 6; i++) ciphertext.Rows[i].Clear();
        Should.Throw<WireFormatException>(() => new SealWriter().Write(new MemoryStream(), ciphertext)).Message.ShouldContain("transparent");
    }

    [Fact]
    public void Ciphertext_OfOtherParameters_IsRefusedWithBothSides()
    {
        var other = CkksParameters.Create(8192, [40, 40, 40]);
        var error = Should.Throw<ParametersMismatchException>(() => new SealReader(new CkksContext(other)).ReadCiphertext(VectorFile.Bytes("ct_rescaled")));
        error.Message.ShouldContain(ParametersId.OfLevel(SealVectors.Context.Parameters, 1).ToString());
        error.Message.ShouldContain(ParametersId.OfLevel(other, 1).ToString());
    }

    [Fact]
    public void Key_ReadAsCiphertext_IsRefused() =>
        Should.Throw<ParametersMismatchException>(() => SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("pk_seeded"))).Message.ShouldContain("keys");

    [Fact]
    public void Bytes_AfterTheObject_AreRefusedInASpan() => ShouldRefuse([.. VectorFile.Bytes("ct_seeded"), 0], "1 bytes follow");

    [Theory]
    [InlineData("ct_seeded")]
    [InlineData("ct_seeded_zlib")]
    [InlineData("node_ct_seeded_zstd")]
    public void Bytes_AfterTheBodyButCountedByTheHeader_AreRefused(string file)
    {
        foreach (var junk in new[] { 1, 100, 20_000 })
        {
            byte[] bytes = [.. VectorFile.Bytes(file), .. new byte[junk]];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), (ulong)bytes.Length);
            Should.Throw<WireFormatException>(() => SealVectors.Reader.ReadCiphertext(bytes));
        }
    }

    [Fact]
    public void NestedHeader_OfAnotherVersion_IsRefused()
    {
        var bytes = VectorFile.Bytes("ct");
        bytes[89 + 4] = 1;
        ShouldRefuse(bytes, "4.1");
    }

    [Fact]
    public void GaloisKeys_MoreThanAllowed_AreRefused() =>
        Should.Throw<WireFormatException>(() => SealVectors.Reader.ReadGaloisKeys(VectorFile.Bytes("galois_seeded"), maxKeys: 1)).Message.ShouldContain("1");

    [Fact]
    public void Zstd_OfTenGigabytes_IsRefusedAtTheExpectedSize() => ShouldRefuseCheaply(Bombs.Zstd(VectorFile.Bytes("ct"), gigabytes: 10));

    [Fact]
    public void Zstd_WithAWindowOfAGigabyte_IsRefused() => ShouldRefuseCheaply(Bombs.Zstd(VectorFile.Bytes("ct"), gigabytes: 10, windowBits: 30));

    [Fact]
    public void Zlib_OfAHundredMegabytes_IsRefusedAtTheExpectedSize() => ShouldRefuseCheaply(Bombs.Zlib(VectorFile.Bytes("ct"), megabytes: 100));

    private static void ShouldRefuse(byte[] bytes, string message) =>
        Should.Throw<WireFormatException>(() => SealVectors.Reader.ReadCiphertext(bytes)).Message.ShouldContain(message);

    private static void ShouldRefuseCheaply(byte[] bytes)
    {
        // With the length that it has it is refused at once; with one that a ciphertext may have, at the end of the ciphertext.
        var honest = bytes.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(honest.AsSpan(8), (ulong)honest.Length);
        Should.Throw<WireFormatException>(() => SealVectors.Reader.ReadCiphertext(honest)).Message.ShouldContain("declares");

        using var source = new MemoryStream(bytes);
        var process = Environment.WorkingSet;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WireFormatException>(() => SealVectors.Reader.ReadCiphertext(source));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        // The decompressors' own memory is not the collector's.
        (Environment.WorkingSet - process).ShouldBeLessThan(64L << 20);
    }
}
