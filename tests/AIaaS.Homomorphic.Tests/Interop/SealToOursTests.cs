using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>SEAL makes keys and encrypts, the engine computes, SEAL decrypts.</summary>
public sealed class SealToOursTests(SealPeer peer)
{
    private const int Rows = 4;
    private const int Columns = 30;

    /// <summary>Set, compression, form: everything at the small set, a few at the others.</summary>
    public static TheoryData<string, string, string> Forms
    {
        get
        {
            var forms = new TheoryData<string, string, string>();
            foreach (var mode in (string[])["none", "zlib", "zstd"])
                foreach (var form in (string[])["ciphertext", "ciphertextSymmetric", "ciphertextSeeded"])
                    forms.Add(SealSet.Small.Name, mode, form);
            forms.Add(SealSet.A.Name, "none", "ciphertext");
            forms.Add(SealSet.C.Name, "zlib", "ciphertextSymmetric");
            foreach (var set in (SealSet[])[SealSet.A, SealSet.B, SealSet.C]) forms.Add(set.Name, "zstd", "ciphertextSeeded");
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task Parameters_OfEqualBits_AreEqualOnBothSides(string name)
    {
        var set = SealSet.Of(name);
        using var seal = await peer.OpenAsync(set);

        set.Parameters.Primes.ShouldBe(seal.Primes);
        var read = SealReader.ReadParameters(await seal.SaveAsync("parameters", "zstd"));
        read.Value.ShouldBe(set.Parameters);
        read.Version.ShouldBe(new SealVersion(4, 1));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Ciphertext_EveryFormAndCompression_IsReadAndComesBack(string name, string mode, string what)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        await seal.MakeKeysAsync();
        var values = engine.Set.Values();

        var read = engine.Reader.ReadCiphertext(await seal.SaveAsync(what, mode, ("values", values), ("scale", engine.Set.Scale)));
        read.Compression.ShouldBe(Engine.Mode(mode));
        using var ciphertext = read.Value;
        var back = Engine.Bytes((writer, stream) => writer.Write(stream, ciphertext), mode, version: read.Version);

        back[3..5].ShouldBe([4, 1]);
        engine.Agree(await seal.DecryptAsync(back), slot => values[slot]);
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task Plaintext_EncodedBySeal_DecodesToTheSameValues(string name)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        var values = engine.Set.Values();

        using var plaintext = engine.Reader.ReadPlaintext(await seal.SaveAsync("plaintext", "zlib", ("values", values), ("scale", engine.Set.Scale))).Value;

        engine.Agree(engine.Decode(plaintext), slot => values[slot]);
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task Evaluation_RotateMultiplyRelinearizeRescale_DecryptsRight(string name)
    {
        foreach (var seeded in (string[])["Seeded", ""])
        {
            var engine = new Engine(SealSet.Of(name));
            using var seal = await peer.OpenAsync(engine.Set);
            await seal.MakeKeysAsync();
            var mode = seeded.Length > 0 ? "zstd" : "none";
            using var relinearizationKey = engine.Reader.ReadRelinearizationKey(await seal.SaveAsync("relinearizationKey" + seeded, mode)).Value;
            using var galoisKeys = engine.Reader.ReadGaloisKeys(await seal.SaveAsync("galoisKeys" + seeded, mode, ("steps", new[] { 1, -3 }))).Value;
            var evaluator = new CkksEvaluator(engine.Context, relinearizationKey, galoisKeys);
            var (x, y) = (engine.Set.Values(), engine.Set.Values(1));
            using var a = await ReadAsync(engine, seal, x);
            using var b = await ReadAsync(engine, seal, y);

            using var left = evaluator.Rotate(a, 1);
            using var right = evaluator.Rotate(b, -3);
            using var product = evaluator.Multiply(left, right);
            using var two = evaluator.Relinearize(product);
            using var result = evaluator.Rescale(two);

            var slots = x.Length;
            var back = Engine.Bytes((writer, stream) => writer.Write(stream, result), mode);
            engine.Agree(await seal.DecryptAsync(back), slot => x[(slot + 1) % slots] * y[(slot + slots - 3) % slots], factor: 4);
        }
    }

    [Theory]
    [MemberData(nameof(SealSet.All), MemberType = typeof(SealSet))]
    public async Task MatrixVector_OnSealsCiphertext_DecryptsRight(string name)
    {
        var engine = new Engine(SealSet.Of(name));
        using var seal = await peer.OpenAsync(engine.Set);
        await seal.MakeKeysAsync();
        var random = new Random(7);
        var matrix = new WeightMatrix(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextDouble() - 0.5)]);
        var vector = Enumerable.Range(0, Columns).Select(_ => random.NextDouble()).ToArray();
        var product = MatrixVectorProduct.Create(matrix, engine.Context.Parameters, engine.Context.Parameters.MaxLevel);
        using var galoisKeys = engine.Reader.ReadGaloisKeys(await seal.SaveAsync("galoisKeysSeeded", "zstd", ("steps", product.Rotations.ToArray()))).Value;
        var evaluator = new CkksEvaluator(engine.Context, galoisKeys: galoisKeys);
        using var prepared = product.Prepare(evaluator, engine.Context.Parameters.MaxLevel, engine.Set.Scale);
        using var input = await ReadAsync(engine, seal, product.Pack(vector)[0]);

        using var sum = prepared.Apply([input])[0];
        using var result = evaluator.Rescale(sum);

        var slots = await seal.DecryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, result), "zstd"));
        var expected = matrix.Multiply(vector);
        var actual = product.Unpack([slots]);
        for (var row = 0; row < Rows; row++) actual[row].ShouldBe(expected[row], 16 * engine.Set.Tolerance);
    }

    [Fact]
    public async Task LowestLevel_Reply_IsReadBySeal()
    {
        var engine = new Engine(SealSet.C);
        using var seal = await peer.OpenAsync(engine.Set);
        await seal.MakeKeysAsync();
        var values = engine.Set.Values();
        using var input = await ReadAsync(engine, seal, values);
        using var last = new CkksEvaluator(engine.Context).SwitchLevel(input, 0);

        engine.Agree(await seal.DecryptAsync(Engine.Bytes((writer, stream) => writer.Write(stream, last))), slot => values[slot]);
    }

    private static async Task<Ciphertext> ReadAsync(Engine engine, SealSession seal, double[] values) =>
        engine.Reader.ReadCiphertext(await seal.SaveAsync("ciphertextSeeded", "zstd", ("values", values), ("scale", engine.Set.Scale))).Value;
}
