using System.Buffers;
using System.IO.Compression;
using AIaaS.Fuzz.Wire;
using AIaaS.Homomorphic.Tests.Vectors;
using AIaaS.Homomorphic.Wire;
using ZstdSharp;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class VectorRoundTripTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "pt", "pt" }, { "pt", "pt_const" }, { "sk", "sk" }, { "sk", "node_sk" }, { "pk", "pk_seeded" },
        { "ct", "ct" }, { "ct", "ct_seeded" }, { "ct", "ct_mul3" }, { "ct", "ct_relin" }, { "ct", "ct_rescaled" }, { "ct", "ct_rot1" },
        { "ct", "ct_zlib" }, { "ct", "ct_seeded_zlib" }, { "ct", "node_ct" }, { "ct", "node_ct_seeded_zstd" },
        { "relin", "relin_seeded" }, { "relin", "node_relin_seeded" }, { "galois", "galois_seeded" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Object_WrittenAgain_IsTheSameBytes(string kindName, string file)
    {
        var kind = WireKind.All(SealVectors.Context).Single(kind => kind.Name == kindName);
        var bytes = VectorFile.Bytes(file);
        var header = SealHeader.Parse(bytes, file);
        using var value = kind.Read(new MemoryStream(bytes))!;
        var written = new MemoryStream();
        kind.Write(value, new SealWriter(header.Version, header.Compression), written);
        Inflate(written.ToArray()).ShouldBe(Inflate(bytes));
        if (header.Compression == SealCompression.None) written.ToArray().ShouldBe(bytes);
    }

    // The same object in every compression, version and form comes back the same.
    [Theory]
    [InlineData("ct", "ct_seeded")]
    [InlineData("pk", "pk_seeded")]
    [InlineData("relin", "relin_seeded")]
    [InlineData("galois", "galois_seeded")]
    public void Object_WrittenInEveryWay_ReadsTheSame(string kindName, string file)
    {
        var kind = WireKind.All(SealVectors.Context).Single(kind => kind.Name == kindName);
        using var value = kind.Read(new MemoryStream(VectorFile.Bytes(file)))!;
        var expanded = Expanded(kind, value);
        foreach (var version in new[] { SealVersion.Default, SealVersion.Universal, new SealVersion(4, 9) })
            foreach (var compression in Enum.GetValues<SealCompression>())
                foreach (var expandSeeds in new[] { false, true })
                {
                    var stream = new MemoryStream();
                    kind.Write(value, new SealWriter(version, compression) { ExpandSeeds = expandSeeds }, stream);
                    stream.Position = 0;
                    using var again = kind.Read(stream)!;
                    Expanded(kind, again).ShouldBe(expanded);
                }
    }

    [Fact]
    public void Parameters_OfSealAndNodeSeal_AreRefusedAsInsecureAndWrittenTheSame()
    {
        foreach (var file in new[] { "parms", "node_parms" })
        {
            var parameters = SealVectors.Parameters(file);
            parameters.ShouldBe(SealVectors.Context.Parameters);
            var written = new ArrayBufferWriter<byte>();
            new SealWriter(SealHeader.Parse(VectorFile.Bytes(file), file).Version).Write(written, parameters);
            written.WrittenSpan.ToArray().ShouldBe(VectorFile.Bytes(file));
            Should.Throw<HomomorphicException>(() => SealReader.ReadParameters(VectorFile.Bytes(file))).Message.ShouldContain("128-bit");
        }
    }

    [Fact]
    public void Read_TellsWhatTheSenderUsed()
    {
        var seal = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("ct_zlib"));
        (seal.Version, seal.Compression).ShouldBe((new SealVersion(4, 4), SealCompression.Zlib));
        var node = SealVectors.Reader.ReadCiphertext(VectorFile.Bytes("node_ct_seeded_zstd"));
        (node.Version, node.Compression).ShouldBe((new SealVersion(4, 1), SealCompression.Zstd));
    }

    [Fact]
    public void Read_FromAStream_LeavesWhatFollows()
    {
        var stream = new MemoryStream([.. VectorFile.Bytes("ct_seeded_zlib"), .. VectorFile.Bytes("pt"), 42]);
        SealVectors.Reader.ReadCiphertext(stream).Value.Dispose();
        SealVectors.Reader.ReadPlaintext(stream).Value.Dispose();
        stream.ReadByte().ShouldBe(42);
    }

    private static byte[] Expanded(WireKind kind, IDisposable value)
    {
        var stream = new MemoryStream();
        kind.Write(value, new SealWriter { ExpandSeeds = true }, stream);
        return stream.ToArray();
    }

    private static byte[] Inflate(byte[] bytes)
    {
        var body = new MemoryStream(bytes, SealHeader.Length, bytes.Length - SealHeader.Length);
        using Stream inflated = bytes[5] switch
        {
            1 => new ZLibStream(body, CompressionMode.Decompress),
            2 => new DecompressionStream(body),
            _ => body,
        };
        var result = new MemoryStream();
        inflated.CopyTo(result);
        return result.ToArray();
    }
}
