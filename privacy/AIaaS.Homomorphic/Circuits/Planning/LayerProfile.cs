namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>What a linear layer does to errors and ranges.</summary>
/// <param name="MaxAbs">Planned range of its outputs.</param>
/// <param name="InputRms">Of what it multiplies.</param>
/// <param name="OutputRms">Of its outputs.</param>
/// <param name="RowSquares">Mean over the outputs of the sum of squared weights.</param>
/// <param name="Summands">Plaintext products summed per output.</param>
/// <param name="RotatesInput">Whether inputs are rotated before they are multiplied.</param>
/// <param name="SumRotations">Giant and fold rotations whose errors reach one output.</param>
internal sealed record LayerProfile(double MaxAbs, double InputRms, double OutputRms, double RowSquares, double Summands, bool RotatesInput, double SumRotations)
{
    /// <summary>Whether its square is relinearized before the rescale; a third polynomial multiplies the rounding.</summary>
    public bool Relinearized { get; init; } = true;
}
