namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>a x^2 + b x + c with a not zero: folds into a square and the layers around it, exactly.</summary>
public sealed record QuadraticLayer(double A, double B, double C) : NetworkLayer
{
    public override TensorShape OutputShape(TensorShape input) => A != 0 && double.IsFinite(A) && double.IsFinite(B) && double.IsFinite(C)
        ? input
        : throw new HomomorphicException($"An activation {A} x^2 + {B} x + {C} is not quadratic.");

    /// <summary>a x^2 + b x + c = a (x + Shift)^2 + Constant.</summary>
    public double Shift => B / (2 * A);

    public double Constant => C - B * B / (4 * A);

    public override double[] Forward(TensorShape input, ReadOnlySpan<double> values)
    {
        var outputs = new double[values.Length];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = (A * values[i] + B) * values[i] + C;
        return outputs;
    }
}
