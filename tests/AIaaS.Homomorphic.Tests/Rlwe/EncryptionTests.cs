using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Ring.Sampling;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Tests.Ckks;
using FsCheck.Xunit;

namespace AIaaS.Homomorphic.Tests.Rlwe;

public sealed class EncryptionTests
{
    public static TheoryData<int> Degrees => ParameterSets.Degrees;

    [Theory]
    [MemberData(nameof(Degrees))]
    public void Symmetric_EveryLevel_AddsAnErrorOfAtMost21(int degree)
    {
        var context = ParameterSets.Of(degree);
        using var secret = new KeyGenerator(context).CreateSecretKey();
        CheckNoise(context, secret, new SymmetricEncryptor(secret).Encrypt, ErrorSampler.Bound, seeded: true);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void PublicKey_EveryLevel_AddsLittleMoreThanTheRounding(int degree)
    {
        var context = ParameterSets.Of(degree);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var key = generator.CreatePublicKey(secret);
        // Two roundings, one of them times s: variance (1 + 2N/3) / 12. With no prime to divide by: e u + e_0 + e_1 s, variance 10.5 (1 + 4N/3).
        var variance = context.Parameters.AllowsKeySwitching ? (1 + 2 * degree / 3.0) / 12 : 10.5 * (1 + 4 * degree / 3.0);
        CheckNoise(context, secret, new Encryptor(key).Encrypt, 10 * Math.Sqrt(variance) + 2, seeded: false);
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void Decrypt_ThreePolynomials_AddsTheThirdTimesTheSquare(int degree)
    {
        var context = ParameterSets.Of(degree);
        using var secret = new KeyGenerator(context).CreateSecretKey();
        using var plaintext = new CkksEncoder(context).Encode(ParameterSets.Values(context), 0, ParameterSets.Scale(context));
        using var two = new SymmetricEncryptor(secret).Encrypt(plaintext);
        // (c_0 - x s^2, c_1, x) decrypts to what (c_0, c_1) does; x = c_1 is as good as any.
        var ring = context.Rings[0];
        var rows = context.Pool.Rent(3);
        ring.Multiply(two.Row(1, 0), secret.Rows[0], rows[0]);
        ring.Multiply(rows[0], secret.Rows[0], rows[0]);
        ring.Subtract(two.Row(0, 0), rows[0], rows[0]);
        two.Row(1, 0).CopyTo(rows[1]);
        two.Row(1, 0).CopyTo(rows[2]);
        using var three = new Ciphertext(context, rows, 3, 0, two.Scale);
        var decryptor = new Decryptor(secret);
        using var expected = decryptor.Decrypt(two);
        using var actual = decryptor.Decrypt(three);
        RowIntegers.Modulo(ring, actual.Rows[0]).SequenceEqual(RowIntegers.Modulo(ring, expected.Rows[0])).ShouldBeTrue();
    }

    [Fact]
    public void PublicKey_BothHalves_AreHiddenByAnErrorOfTheirOwn()
    {
        // Without the errors, dividing what is encrypted over one prime by the key would leave u, which is ternary.
        var context = ParameterSets.Of(1024);
        var ring = context.Rings[0];
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var key = generator.CreatePublicKey(secret);
        using var zero = new CkksEncoder(context).Encode(0.0, 0, 1024);
        using var ciphertext = new Encryptor(key).Encrypt(zero);
        for (var half = 0; half < 2; half++)
        {
            var values = new ulong[1024];
            ring.ToCanonical(key.Rows[half], values);
            var inverses = context.Pool.Rent(1);
            ring.FromCanonical([.. values.Select(value => Modular.Inverse(value, ring.Modulus))], inverses[0]);
            ring.Multiply(ciphertext.Row(half, 0), inverses[0], inverses[0]);
            RowIntegers.Modulo(ring, inverses[0]).Max(Math.Abs).ShouldBeGreaterThan(1000);
        }
    }

    [Property(MaxTest = 30)]
    public void Decrypt_AnyValues_GivesThemBack(int seed, bool symmetric, byte size)
    {
        int[] degrees = [2048, 4096, 8192];
        var context = ParameterSets.Of(degrees[size % degrees.Length]);
        var generator = new KeyGenerator(context);
        var encoder = new CkksEncoder(context);
        var scale = ParameterSets.Scale(context);
        using var secret = generator.CreateSecretKey();
        using var key = generator.CreatePublicKey(secret);
        var values = ParameterSets.Values(context, seed);
        using var plaintext = encoder.Encode(values, context.Parameters.MaxLevel, scale);
        using var ciphertext = symmetric ? new SymmetricEncryptor(secret).Encrypt(plaintext) : new Encryptor(key).Encrypt(plaintext);
        using var decrypted = new Decryptor(secret).Decrypt(ciphertext);
        var decoded = new double[values.Length];
        encoder.Decode(decrypted, decoded);
        // Noise of at most N/18 a coefficient (variance), N of them in a slot: ten standard deviations.
        values.Zip(decoded, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(10 * context.Parameters.Degree * Math.Sqrt(1 / 18.0) / scale);
    }

    [Fact]
    public void Decrypt_WithAnotherSecret_GivesNothingUseful()
    {
        var context = ParameterSets.Of(8192);
        var generator = new KeyGenerator(context);
        var encoder = new CkksEncoder(context);
        using var secret = generator.CreateSecretKey();
        using var wrong = generator.CreateSecretKey();
        using var plaintext = encoder.Encode(1.0, 2, Math.ScaleB(1, 40));
        using var ciphertext = new SymmetricEncryptor(secret).Encrypt(plaintext);
        using var decrypted = new Decryptor(wrong).Decrypt(ciphertext);
        var decoded = new double[4096];
        encoder.Decode(decrypted, decoded);
        decoded.Max(Math.Abs).ShouldBeGreaterThan(1e9);
    }

    [Fact]
    public void Encrypt_SamePlaintextTwice_GivesDifferentCiphertexts()
    {
        var context = ParameterSets.Of(8192);
        using var secret = new KeyGenerator(context).CreateSecretKey();
        using var plaintext = new CkksEncoder(context).Encode(1.0, 0, 1024);
        var encryptor = new SymmetricEncryptor(secret);
        using var one = encryptor.Encrypt(plaintext);
        using var other = encryptor.Encrypt(plaintext);
        one.Row(0, 0).SequenceEqual(other.Row(0, 0)).ShouldBeFalse();
        one.Row(1, 0).SequenceEqual(other.Row(1, 0)).ShouldBeFalse();
    }

    [Fact]
    public void EncryptAndDecrypt_OtherContexts_NameBoth()
    {
        using var secret = new KeyGenerator(ParameterSets.Of(8192)).CreateSecretKey();
        using var key = new KeyGenerator(ParameterSets.Of(8192)).CreatePublicKey(secret);
        var other = ParameterSets.Of(4096);
        using var plaintext = new CkksEncoder(other).Encode(1.0, 0, 1024);
        using var otherSecret = new KeyGenerator(other).CreateSecretKey();
        using var ciphertext = new SymmetricEncryptor(otherSecret).Encrypt(plaintext);
        Action[] actions = [() => new SymmetricEncryptor(secret).Encrypt(plaintext), () => new Encryptor(key).Encrypt(plaintext), () => new Decryptor(secret).Decrypt(ciphertext)];
        foreach (var action in actions)
        {
            var message = Should.Throw<HomomorphicException>(action).Message;
            message.ShouldContain("N=4096");
            message.ShouldContain("N=8192");
        }
    }

    private static void CheckNoise(CkksContext context, SecretKey secret, Func<Plaintext, Ciphertext> encrypt, double bound, bool seeded)
    {
        var encoder = new CkksEncoder(context);
        var decryptor = new Decryptor(secret);
        for (var level = 0; level <= context.Parameters.MaxLevel; level++)
        {
            using var plaintext = encoder.Encode(ParameterSets.Values(context), level, ParameterSets.Scale(context));
            using var ciphertext = encrypt(plaintext);
            (ciphertext.Size, ciphertext.Level, ciphertext.Scale, ciphertext.Seed is not null).ShouldBe((2, level, plaintext.Scale, seeded));
            using var decrypted = decryptor.Decrypt(ciphertext);
            (decrypted.Level, decrypted.Scale).ShouldBe((level, plaintext.Scale));
            long[]? noise = null;
            for (var i = 0; i <= level; i++)
            {
                var ring = context.Rings[i];
                ring.Subtract(decrypted.Rows[i], plaintext.Rows[i], decrypted.Rows[i]);
                var integers = RowIntegers.Modulo(ring, decrypted.Rows[i]);
                integers.Max(Math.Abs).ShouldBeInRange(1, (long)bound, $"level {level}");
                integers.SequenceEqual(noise ??= integers).ShouldBeTrue($"level {level}, prime {i}");
            }
        }
    }
}
