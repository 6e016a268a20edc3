using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Client;

/// <summary>A model version that is asked on encrypted input (protocol extension he_ckks). Used from any thread.</summary>
public sealed class EncryptedModel : IDisposable
{
    private const string TensorName = "ciphertexts";

    private readonly AIaaSClient _client;
    private readonly EncryptedMetadata _metadata;
    private readonly CkksContext _context;
    private readonly CkksEncoder _encoder;
    private readonly SecretKey _secret;
    private readonly string _keys;

    private EncryptedModel(AIaaSClient client, string model, EncryptedMetadata metadata, SecretKey secret, string keys)
    {
        (_client, Model, _metadata, _context, _secret, _keys) = (client, model, metadata, secret.Context, secret, keys);
        _encoder = new CkksEncoder(_context);
    }

    public string Model { get; }

    public string ModelVersion => _metadata.ModelVersion;

    /// <summary>Channels, rows and columns of an input, flattened in this order.</summary>
    public IReadOnlyList<int> InputShape => _metadata.Input.Shape;

    /// <summary>Lowest and highest value of an input.</summary>
    public IReadOnlyList<double> InputRange => _metadata.Input.Range;

    /// <summary>Standard deviation of a value's error, as predicted.</summary>
    public double PredictedError => _metadata.PredictedError;

    /// <summary>Encrypts, asks, decrypts. Where the service takes its time, it is waited for.</summary>
    /// <param name="input">As many values as <see cref="InputShape"/> says, within <see cref="InputRange"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">The input has another size, or a value is out of range.</exception>
    /// <exception cref="ServiceException">The service refused; the message says why.</exception>
    public async Task<EncryptedPrediction> PredictAsync(ReadOnlyMemory<double> input, CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        var tensor = InferenceTensor.OfBytes(TensorName, [_metadata.Input.Layout.Count], Encrypt(input.Span));
        var encryption = TimeProvider.System.GetElapsedTime(started);
        started = TimeProvider.System.GetTimestamp();
        var answer = await AskAsync(tensor, cancellationToken);
        var roundTrip = TimeProvider.System.GetElapsedTime(started);
        started = TimeProvider.System.GetTimestamp();
        var reply = answer[TensorName];
        var values = Decrypt(reply.ToElements());
        return new EncryptedPrediction(values, answer.ModelVersion, tensor.Data.Length, reply.Data.Length, encryption, roundTrip, TimeProvider.System.GetElapsedTime(started));
    }

    public void Dispose() => _secret.Dispose();

    internal static async Task<EncryptedModel> OpenAsync(AIaaSClient client, string model, string? version, string keyFile, CancellationToken cancellationToken)
    {
        var metadata = await MetadataAsync(client, model, version, cancellationToken);
        var context = new CkksContext(SealReader.ReadParameters(metadata.Parameters).Value);
        var service = new EvaluationKeys(client);
        var known = KeyFile.Read(keyFile, context);
        var secret = known?.Secret ?? new KeyGenerator(context).CreateSecretKey();
        try
        {
            if (known is { EvaluationKeys: var kept } && await service.AllowAsync(kept, metadata.RotationSteps, cancellationToken))
                return new EncryptedModel(client, model, metadata, secret, kept);
            var made = EvaluationKeyBytes.Make(secret, metadata.RotationSteps);
            // Before they are sent: whatever breaks off, the secret that they were made with is kept.
            KeyFile.Write(keyFile, secret, made.Id);
            await service.SendAsync(made, cancellationToken);
            return new EncryptedModel(client, model, metadata, secret, made.Id);
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }

    private static async Task<EncryptedMetadata> MetadataAsync(AIaaSClient client, string model, string? version, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(HttpMethod.Get, AIaaSClient.ModelPath(model, version), null, cancellationToken);
        var metadata = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), ClientJson.Default.ModelMetadata);
        return metadata?.HeCkks ?? throw new ServiceException(HttpStatusCode.BadRequest, "EncryptionUnsupported", $"The model '{model}' does not answer on encrypted input. Train it with 'privacy: {{ inference: ckks }}'.");
    }

    private List<byte[]> Encrypt(ReadOnlySpan<double> input)
    {
        var count = _metadata.Input.Shape.Aggregate(1, (product, size) => product * size);
        if (input.Length != count) throw new ArgumentException($"The model takes {count} values; {input.Length} were given.", nameof(input));
        foreach (var value in input)
            if (!(value >= InputRange[0] && value <= InputRange[1])) throw new ArgumentException($"An input value is outside {InputRange[0]} to {InputRange[1]}, or no number.", nameof(input));
        var ciphertexts = new List<byte[]>();
        var encryptor = new SymmetricEncryptor(_secret);
        foreach (var runs in _metadata.Input.Layout)
        {
            var slots = new double[_context.Parameters.SlotCount];
            foreach (var run in runs)
                for (var i = 0; i < run[2]; i++) slots[run[0] + i] = input[run[1] + (i * run[3])];
            using var plaintext = _encoder.Encode(slots, _metadata.Input.Level, _metadata.Input.Scale);
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(slots.AsSpan()));
            using var ciphertext = encryptor.Encrypt(plaintext);
            using var stream = new MemoryStream();
            new SealWriter(compression: SealCompression.Zstd).Write(stream, ciphertext);
            ciphertexts.Add(stream.ToArray());
        }
        return ciphertexts;
    }

    private async Task<InferenceAnswer> AskAsync(InferenceTensor tensor, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = Model,
            ["model_version"] = ModelVersion,
            ["evaluation_keys"] = _keys,
            ["binding"] = Binding(id, tensor.Data.Span),
        };
        using var body = InferenceBody.Write([tensor], id, parameters);
        using var response = await _client.SendAsync(HttpMethod.Post, $"{AIaaSClient.ModelPath(Model, ModelVersion)}/infer", body, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted) return await InferenceBody.ReadAsync(response, cancellationToken);
        var pending = await PendingInference.ReadAsync(_client, response, cancellationToken);
        return await pending.WaitAsync(cancellationToken);
    }

    /// <summary>HMAC-SHA-256 under the function key: these ciphertexts are for this request and no other.</summary>
    private string Binding(string id, ReadOnlySpan<byte> tensor)
    {
        var lines = string.Join('\n', "he_ckks", Model, ModelVersion, _keys, id, Convert.ToHexStringLower(SHA256.HashData(tensor)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_client.FunctionKey), Encoding.UTF8.GetBytes(lines)));
    }

    private double[] Decrypt(IReadOnlyList<byte[]> reply)
    {
        if (reply.Count != _metadata.Output.Layout.Count) throw new ServiceException(HttpStatusCode.OK, null, $"The reply has {reply.Count} ciphertexts; {_metadata.Output.Layout.Count} were expected.");
        var values = new double[_metadata.Output.Count];
        var decryptor = new Decryptor(_secret);
        var reader = new SealReader(_context);
        var slots = new double[_context.Parameters.SlotCount];
        for (var part = 0; part < reply.Count; part++)
        {
            using var ciphertext = reader.ReadCiphertext(reply[part]).Value;
            using var plaintext = decryptor.Decrypt(ciphertext);
            _encoder.Decode(plaintext, slots);
            foreach (var run in _metadata.Output.Layout[part])
                for (var i = 0; i < run[2]; i++) values[run[1] + (i * run[3])] = slots[run[0] + i];
        }
        return values;
    }
}
