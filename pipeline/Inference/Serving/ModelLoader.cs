using System.Security.Cryptography;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>Brings a version into memory: decrypted, verified against its signed manifest and the registry, never on disk.</summary>
public sealed class ModelLoader(VaultStore vault)
{
    /// <summary>The name of the ONNX file within a model's manifest.</summary>
    public const string OnnxFile = "model.onnx";

    /// <exception cref="PipelineException">IntegrityFailed, ModelRefused when ONNX Runtime cannot run it, and what reading the vault throws.</exception>
    public async Task<OnnxModel> LoadAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        var reader = await vault.OpenReaderAsync(VaultScope.Model(version.Model), version.ManifestBlob, cancellationToken);
        var blob = reader.Find(OnnxFile);
        // The manifest is genuine; this says it is also the one the registry meant.
        if (blob.Sha256 != version.ModelSha256)
            throw new PipelineException(ProblemCodes.IntegrityFailed, $"Version {version.Version} of model '{version.Model}' is not the file that was published. Publish it again.");
        var file = await reader.ReadAsync(blob, cancellationToken);
        try
        {
            return OnnxModel.Load(file);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or NotSupportedException)
        {
            throw new PipelineException(ProblemCodes.ModelRefused, $"ONNX Runtime cannot run version {version.Version} of model '{version.Model}'.", innerException: exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }
}
