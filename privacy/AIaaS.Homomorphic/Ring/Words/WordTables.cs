namespace AIaaS.Homomorphic.Ring.Words;

/// <summary>Powers of psi and of its inverse in bit-reversed order: root m + j is the factor of block j among m.</summary>
internal sealed class WordTables
{
    public WordTables(ulong modulus, int degree)
    {
        var root = RootOfUnity.Smallest(modulus, degree);
        Forward = Powers(root, modulus, degree);
        Inverse = Powers(Modular.Inverse(root, modulus), modulus, degree);
        InverseDegree = Shoup.Of(Modular.Inverse((ulong)degree, modulus), modulus);
    }

    public Shoup[] Forward { get; }

    public Shoup[] Inverse { get; }

    /// <summary>1/N.</summary>
    public Shoup InverseDegree { get; }

    private static Shoup[] Powers(ulong root, ulong modulus, int degree) =>
        Array.ConvertAll(RootOfUnity.Powers(root, modulus, degree), power => Shoup.Of(power, modulus));
}
