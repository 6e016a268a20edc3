namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>A network that is measured.</summary>
/// <param name="Name">As in the names of figures.</param>
/// <param name="Family">As in a job file.</param>
/// <param name="Epochs">On Fashion-MNIST.</param>
/// <param name="Milliseconds">Goal for the server's part, one image, 2 cores.</param>
internal sealed record EncryptedShape(string Name, string Family, int Epochs, double Milliseconds)
{
    public static IReadOnlyList<EncryptedShape> All { get; } =
    [
        new("mlp-64", "name: mlp, hidden: [64]", 10, 8),
        new("cnn-5-100", "name: cnn, channels: [5], hidden: [100]", 5, 20),
        new("cnn-16-100", "name: cnn, channels: [16], hidden: [100]", 5, 25),
    ];
}
