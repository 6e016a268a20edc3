using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Tests.Tutorial;

/// <summary>What privacy/README.md shows first.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public void EncryptComputeDecrypt_OfTheTutorial_GivesTheValues()
    {
        // snippet: keys
        var parameters = CkksParameters.Create(8192, [50, 40, 40, 50]); // degree; bits of the primes, the special one last
        var context = new CkksContext(parameters);

        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey(); // the client's, zeroed when disposed
        using var relinearizationKey = generator.CreateRelinearizationKey(secret); // public: for products
        using var galoisKeys = generator.CreateGaloisKeys(secret, [1]); // public: for rotations by these steps
        // end

        // snippet: encrypt
        const double Scale = 1L << 40;
        var encoder = new CkksEncoder(context);
        using var plaintext = encoder.Encode([1.5, -2, 3], parameters.MaxLevel, Scale); // 4,096 slots; the others are zero
        using var encrypted = new SymmetricEncryptor(secret).Encrypt(plaintext);
        // end

        // snippet: compute
        // x^2 + rotate(x, 1), without the secret key. Every result is disposed of by whoever asked for it.
        var evaluator = new CkksEvaluator(context, relinearizationKey, galoisKeys);
        using var square = evaluator.Square(encrypted);
        using var relinearized = evaluator.Relinearize(square);
        using var rescaled = evaluator.Rescale(relinearized); // one level lower, the scale about 2^40 again

        using var rotated = evaluator.Rotate(encrypted, 1); // slot i becomes what slot i + 1 was
        using var one = evaluator.Encode(1, rotated.Level, rescaled.Scale * parameters.Primes[rotated.Level] / rotated.Scale);
        using var multiplied = evaluator.Multiply(rotated, one); // to the same level and scale, so that they can be added
        using var aligned = evaluator.Rescale(multiplied);
        using var sum = evaluator.Add(rescaled, aligned);
        // end

        // snippet: decrypt
        using var decrypted = new Decryptor(secret).Decrypt(sum);
        var values = new double[3];
        encoder.Decode(decrypted, values); // 0.25, 7, 9, to about 7 digits
        // end

        double[] expected = [0.25, 7, 9];
        for (var i = 0; i < expected.Length; i++) values[i].ShouldBe(expected[i], 1e-6);
    }
}
