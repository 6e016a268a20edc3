using System.Security.Cryptography;
using System.Text.Json;
using AIaaS.Models.Onnx;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Import;

/// <summary>Registers ONNX files that were not made here: inspected, loaded once in a child process, then published like any other version.</summary>
public sealed class ModelImport(ModelRegistry registry, VaultStore vault, TrialProcess trial) : IDisposable
{
    private const string OnnxFile = ModelLoader.OnnxFile;
    private const string CardFile = "card.json";

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Files are large: one import at a time. To be entered before the file is read.</summary>
    /// <exception cref="PipelineException">ModelUnavailable: another import takes too long.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken) =>
        await _turn.WaitAsync(ImportLimits.MaxWait, cancellationToken)
            ? new Turn(_turn)
            : throw new PipelineException(ProblemCodes.ModelUnavailable, "Another model is being imported. Try again in half a minute.");

    /// <param name="model">Name; made when it is new.</param>
    /// <param name="file">The whole ONNX file, at most <see cref="ImportLimits.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version; the same file under the same name gives the same version again.</returns>
    /// <exception cref="PipelineException">InvalidName, ModelRefused with the reason, the Key and Storage problems.</exception>
    public async Task<ModelVersion> RunAsync(string model, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var scope = VaultScope.Model(model);
        var summary = Inspect(file.Span);
        var report = await trial.RunAsync(file, cancellationToken);
        if (report.Inputs.Count == 0) throw new PipelineException(ProblemCodes.ModelRefused, "The model takes no input, so there is nothing to ask it.");

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Span));
        var origin = $"import:{sha256}";
        var card = new ImportCard(model, origin, sha256, file.Length, summary.IrVersion, summary.Nodes, summary.Initializers, report.Inputs, report.Outputs);
        var writer = await vault.OpenWriterAsync(scope, cancellationToken);
        var folder = $"imports/{sha256}";
        var blobs = new[]
        {
            await writer.WriteAsync($"{scope.Prefix}{folder}/{OnnxFile}", file, cancellationToken),
            await writer.WriteAsync($"{scope.Prefix}{folder}/{CardFile}", JsonSerializer.SerializeToUtf8Bytes(card, ImportJson.Default.ImportCard), cancellationToken),
        };
        var manifest = await writer.CommitAsync(folder, blobs, new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
        return await registry.PublishAsync(model, origin, manifest, sha256, file.Length, new Dictionary<string, double>(StringComparer.Ordinal), cancellationToken);
    }

    public void Dispose() => _turn.Dispose();

    private static OnnxSummary Inspect(ReadOnlySpan<byte> file)
    {
        try
        {
            return OnnxInspector.Inspect(file, OnnxLimits.Default with { Bytes = ImportLimits.MaxBytes });
        }
        catch (ModelRefusedException exception)
        {
            throw new PipelineException(ProblemCodes.ModelRefused, $"The model file is refused ({exception.Reason}): {exception.Message}", innerException: exception);
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
