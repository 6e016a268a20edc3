using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

/// <summary>The trained networks on encrypted images: the planned keys and no others, the classes of the float network, the predicted precision.</summary>
public sealed class EncryptedNetworkTests
{
    [Theory]
    [InlineData("mlp-64", 20)]
    [InlineData("lola-5-100", 3)]
    [InlineData("cnn-16-100", 3)]
    public void Run_EncryptedImages_AgreesWithTheFloatNetwork(string name, int images) => Check(name, images).RmsError.ShouldBeLessThan(0.25);

    [Theory(Explicit = true)]
    [InlineData("mlp-64", 0.10)]
    [InlineData("lola-5-100", 0.12)]
    [InlineData("cnn-16-100", 0.15)]
    public void Run_200EncryptedImages_ErrsAsPredicted(string name, double bound)
    {
        var (plan, agreement) = (TrainedNetwork.Load(name).Plan, Check(name, 200));
        agreement.RmsError.ShouldBeLessThan(bound);
        agreement.RmsError.ShouldBeInRange(plan.PredictedError / 2, plan.PredictedError * 2);
    }

    private static NetworkAgreement Check(string name, int images)
    {
        var network = TrainedNetwork.Load(name);
        var plan = network.Plan;
        var scheme = new EncryptedScheme(plan.Parameters, plan.RotationSteps);
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(scheme.Evaluator, plan);

        var agreement = NetworkAgreement.Of(network, images, executor, slots => scheme.Encrypt(slots, plan.InputLevel, plan.InputScale), scheme.Decrypt);

        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {agreement}, predicted {plan.PredictedError:F4}");
        // Another class only where the float network itself can hardly tell the two.
        agreement.SameClass.ShouldBeGreaterThanOrEqualTo(images - images / 50);
        agreement.WidestMissed.ShouldBeLessThan(0.5);
        return agreement;
    }

    [Fact]
    public void Run_TwiceOnOneRequest_ShowsNothingButTheResultsTwice()
    {
        var network = TrainedNetwork.Load("mlp-64");
        var plan = network.Plan;
        var scheme = new EncryptedScheme(plan.Parameters, plan.RotationSteps);
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(scheme.Evaluator, plan);
        using var request = scheme.Encrypt(plan.Pack(network.Images[0])[0], plan.InputLevel, plan.InputScale);
        using var first = executor.Run([request])[0];
        using var second = executor.Run([request])[0];

        var (a, b) = (scheme.Decrypt(first), scheme.Decrypt(second));
        var hidden = Enumerable.Range(0, a.Length).Where(slot => plan.Outputs[0][slot] == SlotMap.Empty).ToArray();
        // Two uniform draws in [-B, B] differ by B sqrt(2/3) in the root mean square.
        Math.Sqrt(hidden.Average(slot => Math.Pow(a[slot].Real - b[slot].Real, 2))).ShouldBe(plan.FillAmplitude * Math.Sqrt(2.0 / 3), 0.05 * plan.FillAmplitude);
        hidden.Max(slot => Math.Abs(a[slot].Real)).ShouldBeInRange(0.95 * plan.FillAmplitude, 1.1 * plan.FillAmplitude);
        foreach (var slot in Enumerable.Range(0, a.Length).Except(hidden)) a[slot].Real.ShouldBe(b[slot].Real, 1e-6);
    }

    [Fact]
    public void Run_WithTheKeysOfTwoClients_EncodesWeightsOnceAndAnswersEach()
    {
        var network = TrainedNetwork.Load("mlp-64");
        var plan = network.Plan;
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(new CkksEvaluator(new CkksContext(plan.Parameters)), plan);
        for (var client = 0; client < 2; client++)
        {
            var scheme = new EncryptedScheme(plan.Parameters, plan.RotationSteps);
            using var request = scheme.Encrypt(plan.Pack(network.Images[client])[0], plan.InputLevel, plan.InputScale);
            using var reply = executor.Run(scheme.Evaluator, [request])[0];

            var scores = plan.Unpack([[.. scheme.Decrypt(reply).Select(slot => slot.Real)]]);
            var expected = network.Description.Forward(network.Images[client])[^1];
            expected.Zip(scores, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(8 * plan.PredictedError);
        }
    }
}
