using System.Text.Json;
using System.Text.Json.Serialization;
using AIaaS.Pipeline.Problems;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AIaaS.Pipeline.Jobs;

/// <summary>What stands beside a refused job file.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Detail">What was wrong and what to do.</param>
/// <param name="Errors">The single faults.</param>
internal sealed record JobFileProblem(string Code, string Detail, IReadOnlyList<ProblemItem> Errors)
{
    public const string Suffix = ".problem.json";

    private const string JudgedKey = "judged";
    private const string CodeKey = "code";

    /// <summary>Refusals that time may mend without the file being changed.</summary>
    private static readonly ProblemCode[] Waiting = [ProblemCodes.DatasetNotFound, ProblemCodes.DatasetNotReady];

    public static string NameFor(string blob) => blob + Suffix;

    public static async Task WriteAsync(BlobContainerClient container, string blob, ETag etag, PipelineException problem, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new JobFileProblem(problem.Code.Code, problem.Message, problem.Items), JobFileProblemJson.Default.JobFileProblem);
        await container.GetBlobClient(NameFor(blob)).UploadAsync(new BinaryData(body), new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [JudgedKey] = etag.ToString("G"), [CodeKey] = problem.Code.Code },
        }, cancellationToken);
    }

    /// <summary>Whether exactly this content has been refused for a reason that time cannot mend.</summary>
    public static async Task<bool> IsSettledAsync(BlobContainerClient container, string blob, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = (await container.GetBlobClient(NameFor(blob)).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata;
            return metadata.TryGetValue(JudgedKey, out var judged) && judged == etag.ToString("G")
                && metadata.TryGetValue(CodeKey, out var code) && Waiting.All(waiting => waiting.Code != code);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(JobFileProblem))]
internal sealed partial class JobFileProblemJson : JsonSerializerContext;
