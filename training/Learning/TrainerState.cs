using AIaaS.Pipeline.Jobs;

namespace AIaaS.Training.Learning;

/// <summary>All that a training needs to go on after an epoch as if it had never stopped.</summary>
/// <remarks>No generator state: shuffling and dropout of an epoch follow from the seed and the epoch's number alone.</remarks>
/// <param name="Steps">Optimiser steps done.</param>
/// <param name="History">One entry per finished epoch.</param>
/// <param name="BestEpoch">1-based; 0 when early stopping is off.</param>
/// <param name="Weights">Flat, with gaps.</param>
/// <param name="Optimiser">Moments.</param>
/// <param name="BestWeights">Those of the best epoch; null when early stopping is off.</param>
internal sealed record TrainerState(
    long Steps,
    IReadOnlyList<EpochMetrics> History,
    int BestEpoch,
    float[] Weights,
    IReadOnlyList<float[]> Optimiser,
    float[]? BestWeights)
{
    public int Epoch => History.Count;
}
