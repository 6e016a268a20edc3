using AIaaS.Homomorphic.Circuits.Batches;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Circuits.Networks;
using AIaaS.Homomorphic.Tests.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits.Batches;

public sealed class EncryptedBatchTests
{
    [Fact(Explicit = true)]
    public void Run_200ImagesAtOnce_AgreesWithTheFloatNetworkWithoutAnyKeys()
    {
        var network = TrainedNetwork.Load("mlp-64");
        var plan = BatchPlan.Create(network.Description);
        var scheme = new EncryptedScheme(plan.Parameters, []);
        var evaluator = new CkksEvaluator(scheme.Evaluator.Context);
        var request = plan.Pack(network.Images).Select(slots => scheme.Encrypt(slots, plan.InputLevel, plan.InputScale)).ToArray();

        var reply = new BatchExecutor<Ciphertext, Plaintext, EncodedTransform>(evaluator, plan, threads: 2).Run(request);

        var results = plan.Unpack([.. reply.Select(part => scheme.Decrypt(part).Select(slot => slot.Real).ToArray())], network.Images.Length);
        foreach (var value in request.Concat(reply)) value.Dispose();
        var errors = results.Zip(network.Logits, (ours, theirs) => ours.Zip(theirs, (a, b) => a - b)).SelectMany(row => row).ToArray();
        var error = Math.Sqrt(errors.Average(difference => difference * difference));
        TestContext.Current.TestOutputHelper!.WriteLine($"RMS error {error:F4}, predicted {plan.PredictedError:F4}");
        error.ShouldBeLessThan(3 * plan.PredictedError);
        results.Zip(network.Logits).Count(pair => Class(pair.First) == Class(pair.Second)).ShouldBe(200);
    }

    [Fact]
    public void Run_SeveralSquares_AgreesWithTheNetwork()
    {
        var network = RandomNetwork.Create(TensorShape.Vector(12), 3, RandomNetwork.Dense(9), RandomNetwork.Square, RandomNetwork.Dense(6), RandomNetwork.Square, RandomNetwork.Dense(2));
        var plan = BatchPlan.Create(network);
        var scheme = new EncryptedScheme(plan.Parameters, []);
        var inputs = Enumerable.Range(0, 100).Select(seed => RandomNetwork.Input(network, seed)).ToArray();
        var request = plan.Pack(inputs).Select(slots => scheme.Encrypt(slots, plan.InputLevel, plan.InputScale)).ToArray();

        var reply = new BatchExecutor<Ciphertext, Plaintext, EncodedTransform>(scheme.Evaluator, plan).Run(request);

        var results = plan.Unpack([.. reply.Select(part => scheme.Decrypt(part).Select(slot => slot.Real).ToArray())], inputs.Length);
        foreach (var value in request.Concat(reply)) value.Dispose();
        for (var i = 0; i < inputs.Length; i++) results[i].ShouldBe(network.Forward(inputs[i])[^1], 0.01);
    }

    private static int Class(double[] logits) => Array.IndexOf(logits, logits.Max());
}
