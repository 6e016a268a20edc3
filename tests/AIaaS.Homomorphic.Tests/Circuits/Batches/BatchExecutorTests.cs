using AIaaS.Homomorphic.Circuits.Batches;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks.Clear;
using AIaaS.Homomorphic.Tests.Circuits.Networks;
using static AIaaS.Homomorphic.Tests.Circuits.Networks.RandomNetwork;

namespace AIaaS.Homomorphic.Tests.Circuits.Batches;

public sealed class BatchExecutorTests
{
    [Fact]
    public void Create_Mlp64_NeedsNoKeysAndCountsItsProducts()
    {
        var plan = BatchPlan.Create(TrainedNetwork.Load("mlp-64").Description);
        plan.RelinearizationLevel.ShouldBeNull();
        plan.MultiplyAdds.ShouldBe(50_816);
        plan.BatchSize.ShouldBe(4096);
        plan.PredictedError.ShouldBeLessThan(0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_DenseAndConvolution_AgreeWithTheNetwork(int threads)
    {
        var network = Create(new TensorShape(1, 7, 7), 21, Convolution(3, 3, 2, 1), Square, Dense(18), Square, Dense(3));
        var plan = BatchPlan.Create(network, new PlannerOptions { Degrees = [8192] });
        plan.RelinearizationLevel.ShouldBe(2);
        Check(network, plan, threads, size: 2);
    }

    [Fact]
    public void Run_OneSquare_RepliesWithThreePolynomials()
    {
        var network = Create(TensorShape.Vector(20), 22, Dense(17), Square, Dense(4));
        Check(network, BatchPlan.Create(network, new PlannerOptions { Degrees = [8192] }), 1, size: 3);
    }

    [Fact]
    public void Run_AnOutputWithoutWeights_IsItsBias()
    {
        var network = Create(TensorShape.Vector(5), 23, Dense(2));
        var dense = (DenseLayer)network.Layers[0];
        var dead = network with { Layers = [dense with { Weights = new(2, 5, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]) }] };
        Check(dead, BatchPlan.Create(dead, new PlannerOptions { Degrees = [8192] }), 1, size: 2);
    }

    [Fact]
    public void Pack_WrongBatches_AreRefused()
    {
        var plan = BatchPlan.Create(Create(TensorShape.Vector(5), 23, Dense(2)));
        Should.Throw<HomomorphicException>(() => plan.Pack([])).Message.ShouldContain("1 to 4096");
        Should.Throw<HomomorphicException>(() => plan.Pack([new double[4]])).Message.ShouldContain("5");
        var evaluator = new ClearEvaluator(plan.Parameters);
        Should.Throw<HomomorphicException>(() => new BatchExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, plan).Run([])).Message.ShouldContain("5 ciphertexts");
    }

    private static void Check(NetworkDescription network, BatchPlan plan, int threads, int size)
    {
        var evaluator = new ClearEvaluator(plan.Parameters, noiseSeed: 1);
        var inputs = Enumerable.Range(0, 50).Select(i => Input(network, i)).ToArray();
        var request = plan.Pack(inputs).Select(slots => evaluator.Encrypt(slots, plan.InputLevel, plan.InputScale)).ToArray();
        var reply = new BatchExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, plan, threads).Run(request);

        reply.ShouldAllBe(part => part.Size == size && part.Level == 0);
        var results = plan.Unpack([.. reply.Select(part => evaluator.Decrypt(part).Select(slot => slot.Real).ToArray())], inputs.Length);
        var squares = inputs.Zip(results, (input, result) => network.Forward(input)[^1].Zip(result, (a, b) => (a - b) * (a - b)).Sum()).Sum();
        Math.Sqrt(squares / (inputs.Length * plan.OutputCount)).ShouldBeLessThan(3 * plan.PredictedError + 1e-6);

        foreach (var value in request.Concat(reply)) value.Dispose();
        evaluator.LiveCiphertexts.ShouldBe(0);
    }
}
