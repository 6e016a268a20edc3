using System.Net;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>H1: whatever is wrong with a ciphertext is told before anything is computed, and the service goes on.</summary>
public sealed class CiphertextRefusalTests(RunningApp app, EncryptedModelFixture model)
{
    private const int FirstResidue = 113;

    public static TheoryData<string, string> Faults => new()
    {
        { "level", "is at level 0; the model takes level 1" },
        { "scale", "has the scale" },
        { "three polynomials", "has 3 polynomials" },
        { "other parameters", "parms_id" },
        { "truncated", "ends too early" },
        { "cut in the body", "ends too early" },
        { "trailing junk", "bytes follow the object" },
        { "transparent", "transparent" },
        { "degree", "The degree of the ciphertext is 2147483648" },
        { "primes", "number of primes" },
        { "NaN scale", "NaN" },
        { "residue", "" },
        { "empty", "ends after 0 bytes" },
        { "text", "no SEAL object" },
        { "bomb", "declares" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Ciphertext_Wrong_IsToldWhy(string fault, string reason)
    {
        var client = await model.ClientAsync(app);

        using var answer = await client.SendAsync([Damage(client, fault)]);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.GetValues("x-ms-error-code").ShouldBe(["CiphertextInvalid"]);
        (await answer.ReadJsonAsync()).GetProperty("error").GetString()!.ShouldContain(reason);
    }

    [Fact]
    public async Task Ciphertext_EveryHeaderByteAndManyOthersFlipped_NeverFailsTheService()
    {
        var client = await model.ClientAsync(app);
        var good = client.Encrypt(EncryptedModels.Mlp.Input(2), compression: SealCompression.None)[0];
        var zipped = client.Encrypt(EncryptedModels.Mlp.Input(2))[0];
        var random = new Random(4);
        var flips = Enumerable.Range(0, FirstResidue).Select(at => (good, at))
            .Concat(Enumerable.Range(0, 30).Select(_ => (good, random.Next(FirstResidue, good.Length))))
            .Concat(Enumerable.Range(0, 30).Select(_ => (zipped, random.Next(zipped.Length))));

        var refused = 0;
        foreach (var (bytes, at) in flips)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << random.Next(8));
            using var answer = await client.SendAsync([damaged]);
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], $"byte {at}: {app.Log}");
            if (answer.StatusCode == HttpStatusCode.BadRequest) refused++;
        }

        // A flip in a residue may leave a valid one, and in the scale or the seed something that only the client's key can tell.
        refused.ShouldBeGreaterThan(FirstResidue - 32 - 8);
        (await client.PredictAsync(EncryptedModels.Mlp.Input(2))).Length.ShouldBe(10);
    }

    [Fact]
    public async Task Tensor_LengthsThatDoNotAddUp_AreTold()
    {
        var client = await model.ClientAsync(app);
        var ciphertext = client.Encrypt(EncryptedModels.Mlp.Input(2))[0];
        var tensor = EncryptedClient.Tensor(ciphertext);
        (byte[] Tensor, int Count, string Reason)[] cases =
        [
            (EncryptedClient.Tensor(ciphertext, ciphertext), 2, "has 1 ciphertexts; the shape says 2"),
            (EncryptedClient.Tensor(ciphertext, ciphertext), 1, "bytes are left behind"),
            (tensor[..3], 1, "ends before ciphertext 0"),
            (tensor[..^1], 1, "claims"),
            ([255, 255, 255, 255, .. ciphertext], 1, "claims 4294967295 bytes"),
        ];
        foreach (var (bytes, count, reason) in cases)
        {
            using var answer = await client.SendAsync(client.Json(bytes, count), bytes);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, reason);
            (await answer.ReadJsonAsync()).GetProperty("error").GetString()!.ShouldContain(reason);
        }
    }

    private static byte[] Damage(EncryptedClient client, string fault)
    {
        var input = EncryptedModels.Mlp.Input(2);
        var good = client.Encrypt(input, compression: SealCompression.None)[0];
        switch (fault)
        {
            case "level": return client.Encrypt(input, level: 0)[0];
            case "scale": return client.Encrypt(input, scale: client.Scale * 2)[0];
            case "three polynomials": return Square(client, input);
            case "other parameters": return Other(client);
            case "truncated": return good[..^1];
            case "cut in the body": return Cut(good);
            case "trailing junk": return [.. good, 0];
            case "transparent": return Transparent(client, input);
            case "degree": return With(good, 57, 1UL << 31);
            case "primes": return With(good, 65, 1UL << 16);
            case "NaN scale": return With(good, 73, BitConverter.DoubleToUInt64Bits(double.NaN));
            case "residue": return With(good, FirstResidue, ulong.MaxValue);
            case "empty": return [];
            case "text": return "this is no ciphertext"u8.ToArray();
            default: return Bomb(good);
        }
    }

    private static byte[] With(byte[] bytes, int at, ulong value)
    {
        BitConverter.GetBytes(value).CopyTo(bytes, at);
        return bytes;
    }

    // The header agrees with the length, the fields do not.
    private static byte[] Cut(byte[] good)
    {
        using var body = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(body, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) zip.Write(good.AsSpan(16..^5000));
        return Header(good, 1, body.ToArray());
    }

    // One MB of zeros in every KB.
    private static byte[] Bomb(byte[] good)
    {
        using var body = new MemoryStream();
        using (var zip = new System.IO.Compression.ZLibStream(body, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var megabyte = 0; megabyte < 1000; megabyte++) zip.Write(new byte[1 << 20]);
        }
        return Header(good, 1, body.ToArray());
    }

    private static byte[] Header(byte[] good, byte compression, byte[] body)
    {
        var header = good[..16];
        header[5] = compression;
        return [.. With(header, 8, (ulong)(16 + body.Length)), .. body];
    }

    private static byte[] Square(EncryptedClient client, double[] input)
    {
        using var plaintext = client.Encoder.Encode(client.Pack(input)[0], client.Level, client.Scale);
        using var ciphertext = new SymmetricEncryptor(client.Secret).Encrypt(plaintext);
        using var square = new CkksEvaluator(client.Context).Square(ciphertext);
        return EncryptedClient.Write(square);
    }

    private static byte[] Other(EncryptedClient client)
    {
        var context = new CkksContext(CkksParameters.Create(client.Context.Parameters.Degree, [45, 40, 45]));
        using var secret = new KeyGenerator(context).CreateSecretKey();
        using var plaintext = new CkksEncoder(context).Encode([1.0], 1, client.Scale);
        using var ciphertext = new SymmetricEncryptor(secret).Encrypt(plaintext);
        return EncryptedClient.Write(ciphertext);
    }

    /// <summary>Unseeded, its second polynomial all zeros.</summary>
    private static byte[] Transparent(EncryptedClient client, double[] input)
    {
        using var plaintext = client.Encoder.Encode(client.Pack(input)[0], client.Level, client.Scale);
        using var ciphertext = new SymmetricEncryptor(client.Secret).Encrypt(plaintext);
        using var stream = new MemoryStream();
        new SealWriter { ExpandSeeds = true }.Write(stream, ciphertext);
        var bytes = stream.ToArray();
        bytes.AsSpan(FirstResidue + ((bytes.Length - FirstResidue) / 2)).Clear();
        return bytes;
    }
}
