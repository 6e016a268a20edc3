using System.Numerics;

namespace AIaaS.Homomorphic.Ring.Words;

internal partial class WordRing
{
    /// <summary>Above this a double no longer converts to a 64-bit integer.</summary>
    private const double LongLimit = 4611686018427387904.0;

    /// <summary>Words are split here when doubles read them.</summary>
    internal const int SplitBits = 30;

    public override bool Lift(PrimeRing from, ReadOnlySpan<double> source, Span<double> destination)
    {
        var c = Words(destination);
        if (from is WordRing)
        {
            var a = Words(source);
            for (var i = 0; i < c.Length; i++) c[i] = Wrap(Modular.Centre(a[i], from.Modulus));
        }
        else
        {
            for (var i = 0; i < c.Length; i++) c[i] = Wrap((long)source[i]);
        }
        return true;
    }

    private ulong Wrap(long value)
    {
        if (value < 0 && value + (long)Modulus >= 0) return (ulong)(value + (long)Modulus);
        return value >= 0 && (ulong)value < Modulus ? (ulong)value : Modular.Reduce(value, Modulus);
    }

    public override void FromIntegers(ReadOnlySpan<long> source, Span<double> destination)
    {
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++) c[i] = Modular.Reduce(source[i], Modulus);
    }

    public override void FromRounded(ReadOnlySpan<double> source, Span<double> destination) => FromLarge(source, destination);

    /// <summary>Doubles of any finite size, as many as the source has.</summary>
    protected void FromLarge(ReadOnlySpan<double> source, Span<double> destination)
    {
        var c = Words(destination);
        for (var i = 0; i < c.Length; i++)
            c[i] = Math.Abs(source[i]) < LongLimit ? Modular.Reduce((long)source[i], Modulus) : Modular.Reduce(new BigInteger(source[i]), Modulus);
    }

    public override void FromCanonical(ReadOnlySpan<ulong> source, Span<double> destination) => source.CopyTo(Words(destination));

    public override void ToCanonical(ReadOnlySpan<double> source, Span<ulong> destination) => Words(source).CopyTo(destination);
}
