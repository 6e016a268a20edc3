using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Scale and error of a value on its way through a plan; errors are variances of the slots' real parts.</summary>
internal readonly record struct ScaleState(double ScaleBits, double Variance)
{
    public static ScaleState Fresh(int degree, double scaleBits) => new(scaleBits, Real(NoiseModel.Fresh(degree), scaleBits));

    public ScaleState Linear(LayerProfile layer, ModulusBits modulus, int level, double weightBits)
    {
        var input = Variance + (layer.RotatesInput ? Real(modulus.KeySwitch(level), ScaleBits) : 0);
        var rounding = Real(NoiseModel.Encoding(modulus.Degree), weightBits) * layer.InputRms * layer.InputRms * layer.Summands;
        var output = ScaleBits + weightBits;
        return new ScaleState(output, layer.RowSquares * input + rounding + layer.SumRotations * Real(modulus.KeySwitch(level), output));
    }

    /// <summary>Square, relinearization, rescaling.</summary>
    public ScaleState Square(LayerProfile layer, ModulusBits modulus, int level)
    {
        var rescaled = 2 * ScaleBits - modulus.Bits[level];
        var squared = 4 * layer.OutputRms * layer.OutputRms * Variance + 2 * Variance * Variance;
        var keySwitch = layer.Relinearized ? Real(modulus.KeySwitch(level), 2 * ScaleBits) : 0;
        return new ScaleState(rescaled, squared + keySwitch + Real(NoiseModel.Division(modulus.Degree, layer.Relinearized ? 2 : 3), rescaled));
    }

    private static double Real(double deviation, double scaleBits)
    {
        var relative = deviation * Math.Pow(2, -scaleBits);
        return relative * relative / 2;
    }
}
