namespace AIaaS.Training.Optimisers;

/// <summary>
/// The learning rate of every step, as Hugging Face's schedulers of the same names give it; one_cycle is Smith and Topin,
/// "Super-convergence" (2019), with the ends of PyTorch's OneCycleLR and a constant momentum.
/// </summary>
/// <param name="Base">Highest rate.</param>
/// <param name="Type">constant, linear (to zero), cosine (half a wave to zero) or one_cycle (half a wave up from a 25th, half a wave down to a 250,000th).</param>
/// <param name="WarmupSteps">Steps of growth, linear from zero but for one_cycle.</param>
/// <param name="TotalSteps">Of the whole training.</param>
internal sealed record LearningRateSchedule(double Base, string Type, long WarmupSteps, long TotalSteps)
{
    private const double OneCycleStart = 25, OneCycleEnd = 25e4;

    /// <param name="step">0 for the first.</param>
    public double At(long step)
    {
        if (Type == "one_cycle") return OneCycle(step);
        if (step < WarmupSteps) return Base * step / WarmupSteps;
        var progress = (double)(step - WarmupSteps) / Math.Max(1, TotalSteps - WarmupSteps);
        return Type switch
        {
            "constant" => Base,
            "linear" => Base * Math.Max(0, 1 - progress),
            "cosine" => Base * Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * progress))),
            _ => throw new NotSupportedException($"There is no scheduler '{Type}'."),
        };
    }

    private double OneCycle(long step) => step < WarmupSteps
        ? Wave(Base / OneCycleStart, Base, (double)step / WarmupSteps)
        : Wave(Base, Base / OneCycleEnd, Math.Min(1, (double)(step - WarmupSteps) / Math.Max(1, TotalSteps - 1 - WarmupSteps)));

    private static double Wave(double from, double to, double progress) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * progress));
}
