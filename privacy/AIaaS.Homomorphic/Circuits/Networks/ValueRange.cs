namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A closed interval.</summary>
public sealed record ValueRange(double Low, double High)
{
    public double MaxAbs => Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>Of values spread evenly over the interval.</summary>
    public double UniformRms => Math.Sqrt((Low * Low + Low * High + High * High) / 3);

    public ValueRange Squared() => new(Low <= 0 && High >= 0 ? 0 : Math.Min(Low * Low, High * High), MaxAbs * MaxAbs);
}
