using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Inference.Encrypted;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>A client that knows nothing but the model's metadata, and can be told to do everything wrong.</summary>
internal sealed class EncryptedClient : IDisposable
{
    private readonly JsonElement _metadata;
    private readonly KeyGenerator _generator;
    private readonly HttpClient _http;
    private readonly string _functionKey;

    private EncryptedClient(HttpClient http, string functionKey, string model, JsonElement metadata)
    {
        (_http, _functionKey, Model, _metadata) = (http, functionKey, model, metadata);
        Context = new CkksContext(SealReader.ReadParameters(metadata.GetProperty("parameters").GetBytesFromBase64()).Value);
        _generator = new KeyGenerator(Context);
        Secret = _generator.CreateSecretKey();
        Encoder = new CkksEncoder(Context);
        Keys = MakeKeys(Steps);
    }

    public string Model { get; }

    public CkksContext Context { get; }

    public CkksEncoder Encoder { get; }

    public SecretKey Secret { get; }

    public EvaluationKeyFile Keys { get; set; }

    public int[] Steps => [.. _metadata.GetProperty("rotation_steps").EnumerateArray().Select(step => step.GetInt32())];

    public string Version => _metadata.GetProperty("model_version").GetString()!;

    public int Level => _metadata.GetProperty("input").GetProperty("level").GetInt32();

    public double Scale => _metadata.GetProperty("input").GetProperty("scale").GetDouble();

    public double Error => _metadata.GetProperty("predicted_error").GetDouble();

    public byte[] Parameters => _metadata.GetProperty("parameters").GetBytesFromBase64();

    public static async Task<EncryptedClient> ReadAsync(RunningApp app, string model)
    {
        using var answer = await app.Http.GetAsync($"v2/models/{model}");
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        return new EncryptedClient(app.Http, app.Key, model, (await answer.ReadJsonAsync()).GetProperty("he_ckks"));
    }

    public EvaluationKeyFile MakeKeys(IEnumerable<int> steps) => EvaluationKeyFile.Make(_generator, Secret, steps, SealCompression.Zstd);

    public async Task UploadAsync(HttpClient? http = null)
    {
        using var answer = await (http ?? _http).PutAsync($"evaluation-keys/{Keys.Id}", new ByteArrayContent(Keys.Bytes));
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The slots of every ciphertext of a request, by the layout in the metadata.</summary>
    public double[][] Pack(double[] input) => [.. _metadata.GetProperty("input").GetProperty("layout").EnumerateArray().Select(runs =>
    {
        var slots = new double[Context.Parameters.SlotCount];
        foreach (var (slot, element) in Places(runs)) slots[slot] = input[element];
        return slots;
    })];

    public byte[][] Encrypt(double[] input, int? level = null, double? scale = null, SealCompression compression = SealCompression.Zstd) => [.. Pack(input).Select(slots =>
    {
        using var plaintext = Encoder.Encode(slots, level ?? Level, scale ?? Scale);
        using var ciphertext = new SymmetricEncryptor(Secret).Encrypt(plaintext);
        return Write(ciphertext, compression);
    })];

    public static byte[] Write(Ciphertext ciphertext, SealCompression compression = SealCompression.None)
    {
        using var stream = new MemoryStream();
        new SealWriter(compression: compression).Write(stream, ciphertext);
        return stream.ToArray();
    }

    public static byte[] Tensor(params byte[][] ciphertexts)
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var ciphertext in ciphertexts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)ciphertext.Length);
            stream.Write(length);
            stream.Write(ciphertext);
        }
        return stream.ToArray();
    }

    /// <summary>The JSON of a request; what is not given is right.</summary>
    public byte[] Json(byte[] tensor, int count, string? id = "7", string? model = null, string? version = null, string? keys = null, string? binding = null)
    {
        (model, version, keys) = (model ?? Model, version ?? Version, keys ?? Keys.Id);
        binding ??= EncryptedBinding.Compute(_functionKey, model, version, keys, id, tensor);
        var parameters = $$"""{"model":"{{model}}","model_version":"{{version}}","evaluation_keys":"{{keys}}","binding":"{{binding}}","binary_data_size":{{tensor.Length}}}""";
        var input = $$"""{"name":"ciphertexts","shape":[{{count}}],"datatype":"BYTES","parameters":{{parameters}}}""";
        var first = id is null ? "" : $"\"id\":\"{id}\",";
        return Encoding.UTF8.GetBytes($$"""{{{first}}"inputs":[{{input}}]}""");
    }

    public Task<HttpResponseMessage> SendAsync(byte[][] ciphertexts, Action<HttpRequestMessage>? change = null)
    {
        var tensor = Tensor(ciphertexts);
        return SendAsync(Json(tensor, ciphertexts.Length), tensor, change);
    }

    public async Task<HttpResponseMessage> SendAsync(byte[] json, byte[] tensor, Action<HttpRequestMessage>? change = null, HttpClient? http = null, string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path ?? $"v2/models/{Model}/infer") { Content = new ByteArrayContent([.. json, .. tensor]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.Add("Inference-Header-Content-Length", json.Length.ToString());
        change?.Invoke(request);
        return await (http ?? _http).SendAsync(request);
    }

    public async Task<double[]> PredictAsync(double[] input)
    {
        using var answer = await SendAsync(Encrypt(input));
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        return Unpack(Decrypt(await ReadAsync(answer)));
    }

    /// <summary>The ciphertexts behind the JSON.</summary>
    public static async Task<byte[][]> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        var at = int.Parse(answer.Headers.GetValues("Inference-Header-Content-Length").Single());
        var ciphertexts = new List<byte[]>();
        while (at < body.Length)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(at));
            ciphertexts.Add(body.AsSpan(at + 4, length).ToArray());
            at += 4 + length;
        }
        return [.. ciphertexts];
    }

    /// <summary>All slots of every ciphertext of a reply, which must be at the lowest level.</summary>
    public double[][] Decrypt(byte[][] reply) => [.. reply.Select(bytes =>
    {
        using var ciphertext = new SealReader(Context).ReadCiphertext(bytes).Value;
        ciphertext.Level.ShouldBe(0);
        using var plaintext = new Decryptor(Secret).Decrypt(ciphertext);
        var slots = new double[Context.Parameters.SlotCount];
        Encoder.Decode(plaintext, slots);
        return slots;
    })];

    public double[] Unpack(double[][] slots)
    {
        var output = _metadata.GetProperty("output");
        var values = new double[output.GetProperty("count").GetInt32()];
        var part = 0;
        foreach (var runs in output.GetProperty("layout").EnumerateArray())
        {
            foreach (var (slot, element) in Places(runs)) values[element] = slots[part][slot];
            part++;
        }
        return values;
    }

    /// <summary>Slots that hold a result, of one ciphertext of a reply.</summary>
    public HashSet<int> ResultSlots(int part) => [.. Places(_metadata.GetProperty("output").GetProperty("layout")[part]).Select(place => place.Slot)];

    public void Dispose() => Secret.Dispose();

    private static IEnumerable<(int Slot, int Element)> Places(JsonElement runs) => runs.EnumerateArray().SelectMany(run =>
        Enumerable.Range(0, run[2].GetInt32()).Select(i => (run[0].GetInt32() + i, run[1].GetInt32() + (i * run[3].GetInt32()))));
}
