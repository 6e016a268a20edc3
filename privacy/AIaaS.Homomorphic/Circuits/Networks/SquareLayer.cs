namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>x^2.</summary>
public sealed record SquareLayer : NetworkLayer
{
    public override TensorShape OutputShape(TensorShape input) => input;

    public override double[] Forward(TensorShape input, ReadOnlySpan<double> values)
    {
        var outputs = new double[values.Length];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = values[i] * values[i];
        return outputs;
    }
}
