using AIaaS.Homomorphic.Circuits.Linear;

namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>outputs = weights * inputs + bias.</summary>
public sealed record DenseLayer(WeightMatrix Weights) : LinearLayer
{
    public override TensorShape OutputShape(TensorShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Count != Weights.Columns) throw new HomomorphicException($"A dense layer of {Weights.Columns} inputs cannot take {input}, which has {input.Count}.");
        if (Bias.Count != Weights.Rows) throw new HomomorphicException($"A dense layer of {Weights.Rows} outputs has {Bias.Count} biases.");
        CheckFinite(Bias, "biases");
        return TensorShape.Vector(Weights.Rows);
    }

    public override IEnumerable<(int Element, double Weight)> WeightsOf(TensorShape input, int output)
    {
        for (var column = 0; column < Weights.Columns; column++) yield return (column, Weights[output, column]);
    }

    public override double BiasOf(TensorShape input, int output) => Bias[output];

    internal override LinearLayer Adjusted(double inputFactor, double inputConstant, double outputConstant)
    {
        var values = new double[Weights.Rows * Weights.Columns];
        var bias = Bias.ToArray();
        for (var row = 0; row < Weights.Rows; row++)
        {
            bias[row] += outputConstant;
            for (var column = 0; column < Weights.Columns; column++)
            {
                values[row * Weights.Columns + column] = Weights[row, column] * inputFactor;
                bias[row] += Weights[row, column] * inputConstant;
            }
        }
        return this with { Weights = new WeightMatrix(Weights.Rows, Weights.Columns, values), Bias = bias, Measured = null };
    }
}
