using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Tests.Ckks;

namespace AIaaS.Homomorphic.Tests.Rlwe;

public sealed class KeyGeneratorTests
{
    public static TheoryData<int> Degrees => ParameterSets.Degrees;

    private delegate void Target(PrimeRing ring, ReadOnlySpan<double> secret, Span<double> destination);

    [Theory]
    [MemberData(nameof(Degrees))]
    public void CreateSecretKey_EveryPrime_HoldsTheSameTernaryPolynomial(int degree)
    {
        var context = ParameterSets.Of(degree);
        using var secret = new KeyGenerator(context).CreateSecretKey();
        var coefficients = RowIntegers.Modulo(context.Rings[0], secret.Rows[0]);
        coefficients.Distinct().Order().ShouldBe([-1, 0, 1]);
        for (var i = 1; i < context.Rings.Length; i++) RowIntegers.Modulo(context.Rings[i], secret.Rows[i]).ShouldBe(coefficients);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void CreatePublicKey_TimesTheSecret_LeavesASmallError(int degree)
    {
        var context = ParameterSets.Of(degree);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var key = generator.CreatePublicKey(secret);
        CheckErrors(secret, (key.Rows, 0), (key.Rows, context.Rings.Length), digit: -1, target: null);
        CheckSeed(context, key.Seed.ShouldNotBeNull(), key.Rows, context.Rings.Length);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(16384)]
    public void CreateRelinearizationKey_EveryDigit_EncryptsTheSquare(int degree)
    {
        var context = ParameterSets.Of(degree);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var key = generator.CreateRelinearizationKey(secret);
        CheckSwitch(secret, key.Key, (ring, row, square) => ring.Multiply(row, row, square));
    }

    [Fact]
    public void CreateGaloisKeys_StepsAndConjugation_EncryptTheMovedSecret()
    {
        var context = ParameterSets.Of(8192);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var keys = generator.CreateGaloisKeys(secret, [1, -1, 5, 1, 0], conjugation: true);
        keys.Elements.Count.ShouldBe(4);
        (keys.Allows(1), keys.Allows(-1), keys.Allows(5), keys.Allows(2)).ShouldBe((true, true, true, false));
        foreach (var element in keys.Elements)
            CheckSwitch(secret, keys[element], (_, row, moved) => context.AutomorphismOf(element).Apply(row, moved));
    }

    [Fact]
    public void Create_WithoutSpecialPrime_IsRefused()
    {
        var generator = new KeyGenerator(ParameterSets.Of(1024));
        using var secret = generator.CreateSecretKey();
        Should.Throw<HomomorphicException>(() => generator.CreateRelinearizationKey(secret)).Message.ShouldContain("no special prime");
        Should.Throw<HomomorphicException>(() => generator.CreateGaloisKeys(secret, [1])).Message.ShouldContain("no special prime");
    }

    [Fact]
    public void Create_WrongStepOrSecret_IsRefused()
    {
        var generator = new KeyGenerator(ParameterSets.Of(8192));
        using var secret = generator.CreateSecretKey();
        Should.Throw<HomomorphicException>(() => generator.CreateGaloisKeys(secret, [4096])).Message.ShouldContain("4096");
        using var other = new KeyGenerator(ParameterSets.Of(4096)).CreateSecretKey();
        Should.Throw<HomomorphicException>(() => generator.CreatePublicKey(other)).Message.ShouldContain("N=4096");
    }

    [Fact]
    public void Dispose_SecretKey_ZeroesItsMemory()
    {
        // A context of its own, so that no other test rents the memory meanwhile.
        var context = new CkksContext(CkksParameters.Create(4096, [36, 34, 36]));
        var secret = new KeyGenerator(context).CreateSecretKey();
        var rows = secret.Rows;
        rows[0].IndexOfAnyExcept(0.0).ShouldBeGreaterThanOrEqualTo(0);
        secret.Dispose();
        for (var i = 0; i < rows.Rows; i++) rows[i].IndexOfAnyExcept(0.0).ShouldBe(-1);
        Should.Throw<ObjectDisposedException>(() => secret.Rows);
    }

    private static void CheckSwitch(SecretKey secret, KeySwitchKey key, Target target)
    {
        var context = secret.Context;
        var primes = context.Rings.Length;
        key.Seeds.Count.ShouldBe(context.Parameters.DataPrimeCount);
        for (var digit = 0; digit < key.Seeds.Count; digit++)
        {
            CheckErrors(secret, (key.First, digit * primes), (key.Second, digit * primes), digit, target);
            CheckSeed(context, key.Seeds[digit], key.Second, digit * primes);
        }
    }

    /// <summary>first + second s - [on prime digit] P t is one polynomial, the same modulo every prime, of coefficients at most 21.</summary>
    private static void CheckErrors(SecretKey secret, (ResidueBuffer Rows, int From) first, (ResidueBuffer Rows, int From) second, int digit, Target? target)
    {
        var context = secret.Context;
        long[]? error = null;
        for (var i = 0; i < context.Rings.Length; i++)
        {
            var ring = context.Rings[i];
            var work = new ResidueBuffer(ring.Degree, 2);
            ring.Multiply(second.Rows[second.From + i], secret.Rows[i], work[0]);
            ring.Add(work[0], first.Rows[first.From + i], work[0]);
            if (i == digit)
            {
                target!(ring, secret.Rows[i], work[1]);
                ring.MultiplyScalar(work[1], context.Special.Modulus % ring.Modulus, work[1]);
                ring.Subtract(work[0], work[1], work[0]);
            }
            var integers = RowIntegers.Modulo(ring, work[0]);
            integers.Max(Math.Abs).ShouldBeInRange(1, ErrorSampler.Bound);
            integers.SequenceEqual(error ??= integers).ShouldBeTrue($"digit {digit}, prime {i}");
        }
    }

    private static void CheckSeed(CkksContext context, UniformSeed seed, ResidueBuffer second, int row)
    {
        var expanded = new ResidueBuffer(context.Parameters.Degree, context.Rings.Length);
        UniformSampler.Sample(seed, context.Rings.AsSpan(), expanded, 0);
        for (var i = 0; i < expanded.Rows; i++) expanded[i].SequenceEqual(second[row + i]).ShouldBeTrue();
    }
}
