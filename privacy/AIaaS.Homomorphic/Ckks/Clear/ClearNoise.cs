using System.Numerics;

namespace AIaaS.Homomorphic.Ckks.Clear;

/// <summary>Gaussian slot errors of the size that <see cref="NoiseModel"/> gives; reproducible by the seed.</summary>
internal sealed class ClearNoise(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <param name="slots">Changed in place.</param>
    /// <param name="deviation">Of the complex error, absolute.</param>
    /// <param name="scale">It is divided by this.</param>
    public void AddTo(Complex[] slots, double deviation, double scale)
    {
        var relative = deviation / scale;
        lock (_lock)
        {
            for (var i = 0; i < slots.Length; i++)
            {
                // Box–Muller: |z|^2 is exponential with mean relative^2.
                var radius = relative * Math.Sqrt(-Math.Log(1 - _random.NextDouble()));
                slots[i] += Complex.FromPolarCoordinates(radius, 2 * Math.PI * _random.NextDouble());
            }
        }
    }
}
