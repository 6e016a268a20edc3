namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>Channels, rows and columns; flattened in this order.</summary>
public sealed record TensorShape(int Channels, int Height, int Width)
{
    public int Count => Channels * Height * Width;

    public static TensorShape Vector(int count) => new(1, 1, count);

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
