using System.Security.Cryptography;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Tests.Inference;

/// <summary>Publishes ONNX bytes as training does, without training.</summary>
internal static class PublishedModels
{
    public static async Task<ModelVersion> PublishAsync(PipelineHost host, string model, byte[] onnx)
    {
        var scope = VaultScope.Model(model);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx));
        var writer = await host.Get<VaultStore>().OpenWriterAsync(scope, CancellationToken.None);
        var id = $"jobs/j-{sha256[..8]}/1";
        var blob = await writer.WriteAsync($"{scope.Prefix}{id}/model.onnx", onnx, CancellationToken.None);
        var card = await writer.WriteAsync($"{scope.Prefix}{id}/card.json", "{}"u8.ToArray(), CancellationToken.None);
        var manifest = await writer.CommitAsync(id, [blob, card], new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None);
        return await host.Get<ModelRegistry>().PublishAsync(
            model, $"j-{sha256[..8]}", manifest, sha256, onnx.Length, new Dictionary<string, double>(StringComparer.Ordinal), CancellationToken.None);
    }

    public static string Name(string purpose) => $"{purpose}-{Guid.NewGuid():N}"[..Math.Min(40, purpose.Length + 13)];
}
