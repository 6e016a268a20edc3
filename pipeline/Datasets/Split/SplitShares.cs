using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets;

/// <summary>The shares of the three parts; each 0 to 1, together 1.</summary>
public sealed record SplitShares(double Train, double Validation, double Test)
{
    private const double Tolerance = 1e-9;

    /// <summary>80 / 10 / 10.</summary>
    public static SplitShares Default { get; } = new(0.8, 0.1, 0.1);

    /// <exception cref="PipelineException">InvalidRequest: a share is no number from 0 to 1, train is 0, or they do not sum up to 1.</exception>
    public SplitShares Check()
    {
        foreach (var share in (ReadOnlySpan<double>)[Train, Validation, Test])
        {
            if (!(share >= 0 && share <= 1))
                throw new PipelineException(ProblemCodes.InvalidRequest, "A share of the split must be a number from 0 to 1.");
        }
        if (Train <= 0) throw new PipelineException(ProblemCodes.InvalidRequest, "The train share of the split must be more than 0.");
        if (Math.Abs(Train + Validation + Test - 1) > Tolerance)
            throw new PipelineException(ProblemCodes.InvalidRequest, $"The shares of the split sum up to {Train + Validation + Test:0.####}; they must sum up to 1.");
        return this;
    }
}
