using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.EvaluationKeys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Tests.EvaluationKeys;

/// <summary>What is refused leaves nothing behind.</summary>
public sealed class EvaluationKeyRefusalTests(AzuriteFixture azurite)
{
    private static readonly Lazy<EvaluationKeyFile> Good = new(() => EvaluationKeyFile.Make(KeyHost.Small, [1, 2]));

    public static TheoryData<string, string> Damages => new()
    {
        { "truncated", "ends too early" },
        { "junk", "7 bytes follow" },
        { "header", "no SEAL object" },
        { "weak", "not 128-bit secure" },
        { "other keys", "parms_id" },
        { "swapped", "The header of the relinearization key declares" },
        { "degree", "2147483648" },
        { "primes", "65536 primes" },
        { "bomb", "more than" },
        { "no keys", "ends after 0 bytes" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Put_DamagedButHonestlyNamed_IsInvalidAndGone(string damage, string reason)
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var file = new EvaluationKeyFile(Damage(damage));

        var problem = await Problem.OfAsync(() => keys.PutAsync(file));

        problem.ShouldNotBeNull().Code.ShouldBe(ProblemCodes.EvaluationKeysInvalid);
        problem.Message.ShouldContain(reason);
        await NothingIsLeftAsync(keys);
    }

    [Fact]
    public async Task Put_BytesOfAnotherDigest_AreRefusedByName()
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        var random = new Random(17);
        for (var flip = 0; flip < 20; flip++)
        {
            var bytes = Good.Value.Bytes.ToArray();
            bytes[flip < 10 ? random.Next(200) : random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            (await Problem.CodeOfAsync(() => keys.PutAsync(Good.Value.Id, bytes, null))).ShouldBe(ProblemCodes.EvaluationKeysDigestMismatch, $"flip {flip}");
        }
        await NothingIsLeftAsync(keys);
    }

    [Fact]
    public async Task Put_LargerThanASetMayBe_IsRefusedBeforeAByteIsTaken()
    {
        await using var keys = await KeyHost.StartAsync(azurite, EvaluationKeyLimits.Default with { SetBytes = 1000 });

        (await Problem.CodeOfAsync(() => keys.PutAsync(Good.Value))).ShouldBe(ProblemCodes.PayloadTooLarge);
        await NothingIsLeftAsync(keys);
    }

    [Fact]
    public async Task Put_MoreKeysThanMemoryAllows_IsInvalid()
    {
        await using var keys = await KeyHost.StartAsync(azurite, EvaluationKeyLimits.Default with { CacheBytes = 1_000_000 });

        var problem = await Problem.OfAsync(() => keys.PutAsync(Good.Value));

        problem.ShouldNotBeNull().Message.ShouldContain("1000000");
    }

    [Theory]
    [InlineData("bytes 0-99/100", 50L)]
    [InlineData("bytes 1-99/100", null)]
    [InlineData("bytes 0-98/100", null)]
    [InlineData("bytes 0-100/100", null)]
    [InlineData("bytes 5-4/100", null)]
    [InlineData("bytes 0-99/*", null)]
    [InlineData("bytes 0-99/0", null)]
    [InlineData("bytes -99/100", null)]
    [InlineData("items 0-99/100", null)]
    [InlineData("bytes 0-99/99999999999999999999", null)]
    [InlineData("bytes */100", 1L)]
    [InlineData(null, null)]
    [InlineData(null, 0L)]
    public async Task Part_ThatIsNone_IsInvalidRequest(string? contentRange, long? contentLength) =>
        (await Problem.CodeOfAsync(() => Task.FromResult(UploadPart.Parse(contentRange, contentLength)))).ShouldBe(ProblemCodes.InvalidRequest);

    [Theory]
    [InlineData("")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../../..")]
    public async Task Id_ThatIsNoDigest_IsInvalidName(string id)
    {
        await using var keys = await KeyHost.StartAsync(azurite);
        (await Problem.CodeOfAsync(() => keys.PutAsync(id, new byte[10], null))).ShouldBe(ProblemCodes.InvalidName);
        (await Problem.CodeOfAsync(() => keys.Store.GetAsync(keys.Caller, id, CancellationToken.None))).ShouldBe(ProblemCodes.InvalidName);
    }

    [Fact]
    public void MaxKeys_OfHonestFiles_IsNeverBelowWhatTheyHold()
    {
        foreach (var compression in (SealCompression[])[SealCompression.None, SealCompression.Zlib, SealCompression.Zstd])
        {
            var file = EvaluationKeyFile.Make(KeyHost.Small, [1, 2, 3, 4, 5], compression);
            KeySetBounds.MaxKeys(KeyHost.Small, file.Bytes.Length).ShouldBeInRange(6, 12, compression.ToString());
        }
    }

    private static async Task NothingIsLeftAsync(KeyHost keys)
    {
        (await keys.Store.ListAsync(keys.Caller, CancellationToken.None)).ShouldBeEmpty();
        var container = keys.Host.Storage.Container(Pipeline.Storage.StorageLayout.EvaluationKeysContainer);
        var blobs = container.GetBlobsAsync(new GetBlobsOptions { Prefix = keys.Caller, States = BlobStates.Uncommitted });
        (await blobs.CountAsync()).ShouldBe(0);
    }

    private static byte[] Damage(string damage)
    {
        var bytes = Good.Value.Bytes.ToArray();
        var degree = BitConverter.GetBytes(1UL << 31);
        var primes = BitConverter.GetBytes(1UL << 16);
        switch (damage)
        {
            case "truncated": return bytes[..^1000];
            case "junk": return [.. bytes, .. new byte[7]];
            case "header":
                bytes[0] ^= 1;
                return bytes;
            case "degree":
                degree.CopyTo(bytes, 17);
                return bytes;
            case "primes":
                primes.CopyTo(bytes, 25);
                return bytes;
            case "weak": return Weak(bytes);
            case "other keys": return [.. Parameters(CkksParameters.Create(4096, [35, 34, 36])), .. bytes.AsSpan(Parameters(KeyHost.Small).Length)];
            case "no keys": return Parameters(KeyHost.Small);
            case "swapped": return Swapped();
            default: return Bomb();
        }
    }

    /// <summary>The same primes at half the degree, where they are far from secure.</summary>
    private static byte[] Weak(byte[] bytes)
    {
        BitConverter.GetBytes(2048UL).CopyTo(bytes, 17);
        return bytes;
    }

    private static byte[] Swapped()
    {
        var parameters = Parameters(KeyHost.Small);
        var relinearization = (int)BitConverter.ToUInt64(Good.Value.Bytes, parameters.Length + 8);
        var galois = Good.Value.Bytes.AsSpan(parameters.Length + relinearization);
        return [.. parameters, .. galois, .. Good.Value.Bytes.AsSpan(parameters.Length, relinearization)];
    }

    /// <summary>Galois keys of all zeros: 400 MB that zstd writes in some KB.</summary>
    private static byte[] Bomb()
    {
        var parameters = Parameters(KeyHost.Small);
        var relinearization = (int)BitConverter.ToUInt64(Good.Value.Bytes, parameters.Length + 8);
        var galois = Good.Value.Bytes.AsSpan(parameters.Length + relinearization).ToArray();
        // The first entry that is there, repeated for every element, all residues zero.
        var first = 56;
        while (BitConverter.ToUInt64(galois, first) == 0) first += 8;
        var size = 8 + (2 * (194 + (8 * 4096 * 3)));
        var entry = galois.AsSpan(first, size).ToArray();
        entry.AsSpan(8 + 113, 8 * 4096 * 3).Clear();
        entry.AsSpan(8 + 194 + (8 * 4096 * 3) + 113, 8 * 4096 * 3).Clear();
        using var body = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(body, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(galois.AsSpan(16, 40));
            for (var element = 0; element < 2000; element++) zip.Write(entry);
        }
        var header = galois.AsSpan(0, 16).ToArray();
        header[5] = 1;
        BitConverter.GetBytes(16UL + (ulong)body.Length).CopyTo(header, 8);
        return [.. parameters, .. Good.Value.Bytes.AsSpan(parameters.Length, relinearization), .. header, .. body.ToArray()];
    }

    private static byte[] Parameters(CkksParameters parameters)
    {
        using var stream = new MemoryStream();
        new SealWriter().Write(stream, parameters);
        return stream.ToArray();
    }
}
