using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Registry;
using AIaaS.Training.Evaluation;

namespace AIaaS.Training.Cards;

/// <summary>What a model is, where it comes from and how good it is; stored encrypted beside it as card.json.</summary>
/// <param name="Model">Name.</param>
/// <param name="JobId">The job that made it.</param>
/// <param name="Job">What was asked for, fully defaulted.</param>
/// <param name="Dataset">What it learned from.</param>
/// <param name="Classes">In the order of the probabilities; null for regression.</param>
/// <param name="Epochs">Metrics of every epoch.</param>
/// <param name="PublishedEpoch">Whose weights these are.</param>
/// <param name="Test">Final evaluation.</param>
/// <param name="Size">Parameters and bytes.</param>
/// <param name="Latency">Measured where it was trained.</param>
/// <param name="Key">What it is protected by.</param>
/// <param name="Software">What made it.</param>
/// <param name="CreatedOn">When.</param>
/// <param name="Readiness">For encrypted inference; null where the job did not ask for it.</param>
internal sealed record ModelCard(
    string Model,
    string JobId,
    TrainingJob Job,
    CardDataset Dataset,
    IReadOnlyList<string>? Classes,
    IReadOnlyList<EpochMetrics> Epochs,
    int PublishedEpoch,
    TestMetrics Test,
    CardSize Size,
    CardLatency Latency,
    CardKey Key,
    CardSoftware Software,
    DateTimeOffset CreatedOn,
    EncryptedReadiness? Readiness = null);

/// <param name="Name">Of the dataset.</param>
/// <param name="Version">16 hex digits.</param>
/// <param name="Digest">SHA-256 of the dropped data.</param>
/// <param name="TrainRows">Rows learned from.</param>
/// <param name="ValidationRows">Rows measured on after each epoch.</param>
/// <param name="TestRows">Rows held out.</param>
internal sealed record CardDataset(string Name, string Version, string Digest, int TrainRows, int ValidationRows, int TestRows);

/// <param name="Parameters">Trained numbers.</param>
/// <param name="Bytes">Of the ONNX file.</param>
/// <param name="Sha256">Of the ONNX file.</param>
/// <param name="VerifiedRows">Rows on which the file gives what the trained network gives, within 1e-5.</param>
internal sealed record CardSize(long Parameters, long Bytes, string Sha256, int VerifiedRows);

/// <param name="P50Microseconds">Median of one run with one row on one thread.</param>
internal sealed record CardLatency(double P50Microseconds);

/// <param name="Name">Of the vault key.</param>
/// <param name="Version">Of the vault key when the model was written.</param>
internal sealed record CardKey(string Name, string Version);

/// <param name="Aiaas">Version and commit of this code.</param>
/// <param name="TorchSharp">Version of the package.</param>
/// <param name="OnnxRuntime">That verified the file.</param>
/// <param name="Dotnet">Runtime.</param>
/// <param name="Device">cpu or cuda.</param>
internal sealed record CardSoftware(string Aiaas, string TorchSharp, string OnnxRuntime, string Dotnet, string Device);
