namespace AIaaS.Training.Optimisers;

/// <summary>The learning rate of every step, as Hugging Face's schedulers of the same names give it.</summary>
/// <param name="Base">Highest rate.</param>
/// <param name="Type">constant, linear (to zero) or cosine (half a wave to zero).</param>
/// <param name="WarmupSteps">Steps of linear growth from zero.</param>
/// <param name="TotalSteps">Of the whole training.</param>
internal sealed record LearningRateSchedule(double Base, string Type, long WarmupSteps, long TotalSteps)
{
    /// <param name="step">0 for the first.</param>
    public double At(long step)
    {
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
}
