using System.Text.Json.Nodes;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>The engine makes keys and encrypts, SEAL computes, the engine decrypts.</summary>
public sealed class OursToSealTests(SealPeer peer)
{
    /// <summary>Everything at the small set, what a client sends at the others: a large one's keys are tens of megabytes.</summary>
    public static TheoryData<string, string, bool> Forms
    {
        get
        {
            var forms = new TheoryData<string, string, bool>();
            foreach (var mode in (string[])["none", "zlib", "zstd"])
                foreach (var expandSeeds in (bool[])[false, true])
                    forms.Add(SealSet.Small.Name, mode, expandSeeds);
            forms.Add(SealSet.A.Name, "none", true);
            foreach (var set in (SealSet[])[SealSet.A, SealSet.B, SealSet.C]) forms.Add(set.Name, "zstd", false);
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task Parameters_WrittenByUs_AreRead(string name)
    {
        var set = SealSet.Of(name);
        using var seal = await peer.OpenAsync(set);
        foreach (var mode in (string[])["none", "zlib", "zstd"])
        {
            var (degree, primes) = await seal.ReadParametersAsync(Engine.Bytes((writer, stream) => writer.Write(stream, set.Parameters), mode));
            degree.ShouldBe(set.Degree);
            primes.ShouldBe(set.Parameters.Primes);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Evaluation_BySealOnOurKeys_DecryptsRight(string name, string mode, bool expandSeeds)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        var generator = new KeyGenerator(engine.Context);
        using var secret = generator.CreateSecretKey();
        using var relinearizationKey = generator.CreateRelinearizationKey(secret);
        using var galoisKeys = generator.CreateGaloisKeys(secret, [2]);
        var values = engine.Set.Values();
        using var plaintext = engine.Encode(values);
        using var ciphertext = new SymmetricEncryptor(secret).Encrypt(plaintext);

        await seal.LoadKeysAsync(
            Engine.Bytes((writer, stream) => writer.Write(stream, relinearizationKey), mode, expandSeeds),
            Engine.Bytes((writer, stream) => writer.Write(stream, galoisKeys), mode, expandSeeds));
        var instructions = new JsonArray(
            new JsonObject { ["op"] = "rotateAdd", ["steps"] = new JsonArray(2) }, new JsonObject { ["op"] = "square" }, new JsonObject { ["op"] = "rescale" });
        var answer = await seal.EvaluateAsync(Engine.Bytes((writer, stream) => writer.Write(stream, ciphertext), mode, expandSeeds), instructions, mode);

        using var result = engine.Reader.ReadCiphertext(answer).Value;
        using var decrypted = new Decryptor(secret).Decrypt(result);
        engine.Agree(engine.Decode(decrypted), slot => Math.Pow(values[slot] + values[(slot + 2) % values.Length], 2), factor: 8);
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task SecretKey_WrittenByUs_DecryptsInSeal(string name)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        using var secret = new KeyGenerator(engine.Context).CreateSecretKey();
        using var publicKey = new KeyGenerator(engine.Context).CreatePublicKey(secret);
        var values = engine.Set.Values();
        using var plaintext = engine.Encode(values);
        using var symmetric = new SymmetricEncryptor(secret).Encrypt(plaintext);
        using var asymmetric = new Encryptor(publicKey).Encrypt(plaintext);

        await seal.MakeKeysAsync(Engine.Bytes((writer, stream) => writer.Write(stream, secret), "zstd"));

        engine.Agree(await seal.DecryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, symmetric), "zstd")), slot => values[slot]);
        engine.Agree(await seal.DecryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, asymmetric))), slot => values[slot]);
        engine.Agree(await seal.DecodeAsync(Engine.Bytes((writer, stream) => writer.Write(stream, plaintext), "zlib")), slot => values[slot]);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task PublicKey_WrittenByUs_EncryptsInSeal(string name, string mode, bool expandSeeds)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        var generator = new KeyGenerator(engine.Context);
        using var secret = generator.CreateSecretKey();
        using var publicKey = generator.CreatePublicKey(secret);
        var values = engine.Set.Values();

        var answer = await seal.EncryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, publicKey), mode, expandSeeds), values, engine.Set.Scale, mode);

        using var ciphertext = engine.Reader.ReadCiphertext(answer).Value;
        using var decrypted = new Decryptor(secret).Decrypt(ciphertext);
        engine.Agree(engine.Decode(decrypted), slot => values[slot]);
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task SecretAndPublicKey_WrittenBySeal_WorkHere(string name)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        await seal.MakeKeysAsync();
        using var secret = engine.Reader.ReadSecretKey(await seal.SaveAsync("secretKey", "zstd")).Value;
        using var seeded = engine.Reader.ReadPublicKey(await seal.SaveAsync("publicKeySeeded", "zlib")).Value;
        using var full = engine.Reader.ReadPublicKey(await seal.SaveAsync("publicKey", "none")).Value;
        var values = engine.Set.Values();
        using var plaintext = engine.Encode(values);

        foreach (var key in (PublicKey[])[seeded, full])
        {
            using var ciphertext = new Encryptor(key).Encrypt(plaintext);
            using var decrypted = new Decryptor(secret).Decrypt(ciphertext);
            engine.Agree(engine.Decode(decrypted), slot => values[slot]);
            engine.Agree(await seal.DecryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, ciphertext))), slot => values[slot]);
        }
    }

    [Fact]
    public async Task Version_OtherThanTheClients_IsRefusedBySeal()
    {
        var engine = new Engine(SealSet.Small);
        using var seal = await peer.OpenAsync(engine.Set);
        using var plaintext = engine.Encode(engine.Set.Values());

        (await Should.ThrowAsync<AIaaS.NodeSeal.NodeSealException>(
            () => seal.DecodeAsync(Engine.Bytes((writer, stream) => writer.Write(stream, plaintext), version: new SealVersion(4, 4)))))
            .Message.ShouldContain("incompatible version");
        (await seal.DecodeAsync(Engine.Bytes((writer, stream) => writer.Write(stream, plaintext), version: SealVersion.Universal))).Length.ShouldBe(2048);
    }
}
