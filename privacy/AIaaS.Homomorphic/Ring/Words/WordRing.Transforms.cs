namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Harvey's lazy butterflies: values stay below 4p and are reduced at the end; p below 2^61 leaves the room.</summary>
internal sealed partial class WordRing
{
    public override void Forward(ReadOnlySpan<double> source, Span<double> destination)
    {
        if (source != destination) source.CopyTo(destination);
        var a = Words(destination);
        var (p, twice) = (Modulus, 2 * Modulus);
        for (int blocks = 1, half = Degree / 2; half > 0; blocks *= 2, half /= 2)
            for (var j = 0; j < blocks; j++)
            {
                var root = _tables.Forward[blocks + j];
                var upper = a.Slice(2 * j * half, half);
                var lower = a.Slice(2 * j * half + half, half);
                for (var i = 0; i < half; i++)
                {
                    var u = upper[i] >= twice ? upper[i] - twice : upper[i];
                    var v = root.MultiplyLazily(lower[i], p);
                    upper[i] = u + v;
                    lower[i] = u + twice - v;
                }
            }
        foreach (ref var value in a)
        {
            if (value >= twice) value -= twice;
            if (value >= p) value -= p;
        }
    }

    public override void Inverse(ReadOnlySpan<double> source, Span<double> destination)
    {
        if (source != destination) source.CopyTo(destination);
        var a = Words(destination);
        var (p, twice) = (Modulus, 2 * Modulus);
        for (int blocks = Degree / 2, half = 1; blocks > 0; blocks /= 2, half *= 2)
            for (var j = 0; j < blocks; j++)
            {
                var root = _tables.Inverse[blocks + j];
                var upper = a.Slice(2 * j * half, half);
                var lower = a.Slice(2 * j * half + half, half);
                for (var i = 0; i < half; i++)
                {
                    var u = upper[i];
                    var v = lower[i];
                    upper[i] = u + v >= twice ? u + v - twice : u + v;
                    lower[i] = root.MultiplyLazily(u + twice - v, p);
                }
            }
        foreach (ref var value in a) value = _tables.InverseDegree.Multiply(value, p);
    }
}
