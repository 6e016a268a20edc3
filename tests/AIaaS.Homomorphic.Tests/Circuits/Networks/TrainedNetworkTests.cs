using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks.Clear;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

/// <summary>The trained networks through the planner and the executor, in the clear.</summary>
public sealed class TrainedNetworkTests
{
    [Theory]
    [InlineData("mlp-64", 1, 2, 13, new[] { 6, 12 })]
    [InlineData("lola-5-100", 4, 3, 43, new[] { 7, 17, 8 })]
    [InlineData("cnn-16-100", 4, 3, 128, new[] { 7, 27, 8 })]
    public void Plan_TrainedNetwork_HasTheFewestRotationsPerLevel(string name, int inputs, int primes, int instances, int[] rotations)
    {
        var plan = TrainedNetwork.Load(name).Plan;
        TestContext.Current.TestOutputHelper!.WriteLine(PlanText.Describe(plan));
        plan.Parameters.Degree.ShouldBe(8192);
        plan.Inputs.Count.ShouldBe(inputs);
        plan.Parameters.DataPrimeCount.ShouldBe(primes);
        plan.Steps.OfType<LinearStep>().Max(step => step.Transforms[0].Instances).ShouldBe(instances);
        var counts = plan.RotationsByLevel();
        rotations.Select((_, level) => counts[level]).ShouldBe(rotations);
        plan.PredictedError.ShouldBeLessThan(0.15);
        plan.HidingBits.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Theory]
    [InlineData("mlp-64", 100)]
    [InlineData("lola-5-100", 5)]
    [InlineData("cnn-16-100", 3)]
    public void Run_WithoutNoise_IsTheNetworkExactly(string name, int images)
    {
        var network = TrainedNetwork.Load(name);
        var plan = network.Plan;
        var evaluator = new ClearEvaluator(plan.Parameters);
        var recording = new RecordingEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator);
        using var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(recording, plan);

        var agreement = NetworkAgreement.Of(network, images, executor, slots => evaluator.Encrypt(slots, plan.InputLevel, plan.InputScale), evaluator.Decrypt);

        agreement.SameClass.ShouldBe(images);
        agreement.RmsError.ShouldBeLessThan(1e-3, "the float32 of the reference is all that differs");
        evaluator.LiveCiphertexts.ShouldBe(0);

        // Exactly the planned keys, at exactly the planned levels, and one rescale per square.
        recording.RotationLevels.Select(use => new RotationKey(use.Key, use.Value)).ShouldBe(plan.RotationKeys);
        recording.RelinearizationLevels.Max.ShouldBe(plan.RelinearizationLevel!.Value);
        recording.Rescales.ShouldBe(images * plan.Steps.OfType<SquareStep>().Count());
    }

    [Theory]
    [InlineData("mlp-64", 200, 0.12)]
    [InlineData("lola-5-100", 10, 0.12)]
    [InlineData("cnn-16-100", 5, 0.15)]
    public void Run_WithModelledNoise_AgreesAndErrsAsPredicted(string name, int images, double bound)
    {
        var network = TrainedNetwork.Load(name);
        var plan = network.Plan;
        var evaluator = new ClearEvaluator(plan.Parameters, noiseSeed: 7);
        using var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, plan);

        var agreement = NetworkAgreement.Of(network, images, executor, slots => evaluator.Encrypt(slots, plan.InputLevel, plan.InputScale), evaluator.Decrypt);

        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {agreement.SameClass} of {images}, RMS error {agreement.RmsError:F4}, predicted {plan.PredictedError:F4}");
        agreement.SameClass.ShouldBeGreaterThanOrEqualTo(images - images / 100);
        agreement.RmsError.ShouldBeLessThan(bound);
        agreement.RmsError.ShouldBeInRange(plan.PredictedError / 3, plan.PredictedError * 3);
    }
}
