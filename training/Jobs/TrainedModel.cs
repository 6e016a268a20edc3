using AIaaS.Models.Onnx.Export;
using AIaaS.Pipeline.Jobs;
using AIaaS.Training.Cards;
using AIaaS.Training.Encrypted;
using AIaaS.Training.Evaluation;
using AIaaS.Training.Export;

namespace AIaaS.Training.Jobs;

/// <summary>What a training gives: ready to be written and committed.</summary>
internal sealed record TrainedModel(
    TrainedNetwork Network, ExportedModel Exported, CardDataset Dataset, IReadOnlyList<EpochMetrics> Epochs, int PublishedEpoch, TestMetrics Test, string Device,
    EncryptedModel? Encrypted = null);
