using System.Security.Cryptography;
using System.Text;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Operations;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Batch;

/// <summary>Requests and answers of asynchronous inference in the vault, encrypted under their model's key.</summary>
internal sealed class StoredRequest(VaultStore vault)
{
    private const string RequestFile = "request.bin";
    private const string ResponseFile = "response.bin";
    private const string JsonLengthProperty = "jsonLength";
    private const int DigestLength = 16;

    /// <summary>SHA-256 over the body and where its JSON ends.</summary>
    public static string Digest(in RequestBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{body.JsonLength}\n"));
        hash.AppendData(body.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Where everything of an operation lies in the vault container.</summary>
    public static string Folder(VaultScope scope, string operationId) => $"{scope.Prefix}operations/{operationId}/";

    /// <returns>The manifest's path. Another request under the same id lies elsewhere, so neither overwrites the other.</returns>
    public Task<string> WriteRequestAsync(string model, string operationId, string digest, byte[] body, int? jsonLength, CancellationToken cancellationToken) =>
        WriteAsync(VaultScope.Model(model), $"operations/{operationId}/request-{digest[..DigestLength]}", RequestFile, body, jsonLength, cancellationToken);

    /// <returns>The manifest's path, one per attempt.</returns>
    public Task<string> WriteResponseAsync(OperationRecord operation, InferenceResponse response, CancellationToken cancellationToken) =>
        WriteAsync(VaultScope.Model(operation.Model), $"operations/{operation.Id}/{operation.Attempt}", ResponseFile, response.Body, response.JsonLength, cancellationToken);

    public Task<(byte[] Body, int? JsonLength)> ReadRequestAsync(OperationRecord operation, CancellationToken cancellationToken) =>
        ReadAsync(operation.Model, operation.InputManifest, RequestFile, cancellationToken);

    public Task<(byte[] Body, int? JsonLength)> ReadResponseAsync(OperationRecord operation, CancellationToken cancellationToken) =>
        ReadAsync(operation.Model, operation.ResultManifest, ResponseFile, cancellationToken);

    private async Task<string> WriteAsync(VaultScope scope, string id, string file, ReadOnlyMemory<byte> body, int? jsonLength, CancellationToken cancellationToken)
    {
        var writer = await vault.OpenWriterAsync(scope, cancellationToken);
        var blob = await writer.WriteAsync($"{scope.Prefix}{id}/{file}", body, cancellationToken);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (jsonLength is { } length) properties[JsonLengthProperty] = length.ToString();
        return await writer.CommitAsync(id, [blob], properties, cancellationToken);
    }

    private async Task<(byte[] Body, int? JsonLength)> ReadAsync(string model, string? manifest, string file, CancellationToken cancellationToken)
    {
        var reader = await vault.OpenReaderAsync(VaultScope.Model(model), manifest ?? throw Missing(), cancellationToken);
        var body = await reader.ReadAsync(reader.Find(file), cancellationToken);
        return (body, reader.Manifest.Properties.TryGetValue(JsonLengthProperty, out var length) ? int.Parse(length) : null);
    }

    private static PipelineException Missing() => new(ProblemCodes.IntegrityFailed, "The operation's record names no stored data.");
}
