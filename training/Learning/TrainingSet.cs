using static TorchSharp.torch;

namespace AIaaS.Training.Learning;

/// <summary>One part of a dataset, preprocessed, on the device.</summary>
/// <param name="Features">FP32 [rows, …].</param>
/// <param name="Targets">INT64 [rows] class indices, or FP32 [rows, 1] standardised values.</param>
internal sealed record TrainingSet(Tensor Features, Tensor Targets) : IDisposable
{
    public int Rows => (int)Features.shape[0];

    public void Dispose()
    {
        Features.Dispose();
        Targets.Dispose();
    }
}
