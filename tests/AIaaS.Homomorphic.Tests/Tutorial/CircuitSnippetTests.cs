using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Tests.Tutorial;

/// <summary>What privacy/README.md shows of circuits.</summary>
public sealed class CircuitSnippetTests
{
    [Fact]
    public void MatrixVector_OfTheTutorial_GivesTheProduct()
    {
        var random = new Random(1);
        var weights = Enumerable.Range(0, 10 * 300).Select(_ => random.NextDouble() - 0.5).ToArray();
        var vector = Enumerable.Range(0, 300).Select(_ => random.NextDouble()).ToArray();

        // snippet: matrix
        var parameters = CkksParameters.Create(8192, [50, 40, 50]);
        var matrix = new WeightMatrix(rows: 10, columns: 300, weights);
        var product = MatrixVectorProduct.Create(matrix, parameters, parameters.MaxLevel);

        // Client: keys for the rotations that this product does, and the vector packed as it wants it.
        var context = new CkksContext(parameters);
        var encoder = new CkksEncoder(context);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var galoisKeys = generator.CreateGaloisKeys(secret, product.Rotations);
        using var packed = encoder.Encode(product.Pack(vector)[0], parameters.MaxLevel, 1L << 30);
        using var request = new SymmetricEncryptor(secret).Encrypt(packed);

        // Server: weights are encoded once.
        var evaluator = new CkksEvaluator(context, galoisKeys: galoisKeys);
        using var prepared = product.Prepare(evaluator, parameters.MaxLevel, scale: 1L << 30);
        using var sums = prepared.Apply([request])[0];

        // Client.
        using var decrypted = new Decryptor(secret).Decrypt(sums);
        var slots = new double[parameters.SlotCount];
        encoder.Decode(decrypted, slots);
        double[] result = product.Unpack([slots]);
        // end

        var expected = matrix.Multiply(vector);
        for (var row = 0; row < expected.Length; row++) result[row].ShouldBe(expected[row], 1e-4);
    }

    [Fact]
    public void Network_OfTheTutorial_GivesItsOutputs()
    {
        var random = new Random(2);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) / 4)];
        var (w1, b1, w2, b2) = (Draw(16 * 100), Draw(16), Draw(3 * 16), Draw(3));
        var (sample, input) = (Enumerable.Range(0, 20).Select(_ => Draw(100)).ToArray(), Draw(100));

        // snippet: network
        var network = new NetworkDescription(TensorShape.Vector(100), new ValueRange(-1, 1),
        [
            new DenseLayer(new WeightMatrix(16, 100, w1)) { Bias = b1 },
            new SquareLayer(),
            new DenseLayer(new WeightMatrix(3, 16, w2)) { Bias = b2 },
        ]);
        // Chooses degree, primes, scales and layout; refuses with a reason where no safe choice exists.
        NetworkPlan plan = NetworkPlanner.Plan(network.Measured(sample));

        // Client: exactly the keys of the plan.
        var context = new CkksContext(plan.Parameters);
        var encoder = new CkksEncoder(context);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var relinearizationKey = generator.CreateRelinearizationKey(secret);
        using var galoisKeys = generator.CreateGaloisKeys(secret, plan.RotationSteps);
        using var packed = encoder.Encode(plan.Pack(input)[0], plan.InputLevel, plan.InputScale);
        using var request = new SymmetricEncryptor(secret).Encrypt(packed);

        // Server: one executor for any number of requests. Slots that are no results leave filled with random numbers.
        var evaluator = new CkksEvaluator(context, relinearizationKey, galoisKeys) { Threads = 2 };
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(evaluator, plan);
        using var reply = executor.Run([request])[0];

        // Client.
        using var decrypted = new Decryptor(secret).Decrypt(reply);
        var slots = new double[plan.Parameters.SlotCount];
        encoder.Decode(decrypted, slots);
        double[] outputs = plan.Unpack([slots]);
        // end

        var expected = network.Forward(input)[^1];
        for (var i = 0; i < expected.Length; i++) outputs[i].ShouldBe(expected[i], 10 * plan.PredictedError);
    }
}
