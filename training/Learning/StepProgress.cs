namespace AIaaS.Training.Learning;

/// <param name="Epoch">1-based epoch under way.</param>
/// <param name="Step">Batches done in this epoch.</param>
/// <param name="Steps">Batches in one epoch.</param>
/// <param name="TrainLoss">Running mean of this epoch.</param>
internal sealed record StepProgress(int Epoch, int Step, int Steps, double TrainLoss);
