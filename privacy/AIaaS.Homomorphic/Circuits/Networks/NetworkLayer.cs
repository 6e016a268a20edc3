namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>A layer of a network that can be computed on encrypted slots.</summary>
public abstract record NetworkLayer
{
    /// <exception cref="HomomorphicException">The layer does not take such an input.</exception>
    public abstract TensorShape OutputShape(TensorShape input);

    public abstract double[] Forward(TensorShape input, ReadOnlySpan<double> values);
}
