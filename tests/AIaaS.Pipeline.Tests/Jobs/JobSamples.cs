using System.Text;
using AIaaS.Pipeline.Jobs;

namespace AIaaS.Pipeline.Tests.Jobs;

internal static class JobSamples
{
    public static TrainingJob Spec(string dataset = "digits", string more = "") =>
        JobFile.Parse(Encoding.UTF8.GetBytes($"dataset: {dataset}\ntask: classification\nfamily: mlp\n{more}"));

    public static JobRecord NotStarted(string id, int maxAttempts = 3, DateTimeOffset? at = null) => new(
        id, Spec(more: $"limits: {{max_attempts: {maxAttempts}}}\n"), "0123456789abcdef", new string('a', 64), JobStatus.NotStarted,
        Attempt: 0, Fence: 0, CancelRequested: false, Progress: null, ManifestBlob: null, ModelVersion: null, Error: null,
        at ?? DateTimeOffset.UnixEpoch, at ?? DateTimeOffset.UnixEpoch, FinishedOn: null, TraceParent: null);
}
