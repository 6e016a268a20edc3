namespace AIaaS.Cli.Models.Predict;

/// <summary>One input of the model, encoded sample by sample, so that any run of samples makes a request.</summary>
public sealed record EncodedInput(TensorSignature Signature, IReadOnlyList<byte[]> Samples)
{
    /// <summary>The shape of <paramref name="count"/> samples.</summary>
    public long[] Shape(int count) => [count, .. Signature.Shape.Skip(1)];
}
