using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Circuits.Networks;
using static AIaaS.Homomorphic.Tests.Circuits.Networks.RandomNetwork;

namespace AIaaS.Homomorphic.Tests.Circuits.Planning;

public sealed class NetworkPlannerTests
{
    [Fact]
    public void Plan_InputScaleOf14Bits_IsRefused()
    {
        var refusal = Should.Throw<PlanRefusedException>(() => NetworkPlanner.Plan(
            TrainedNetwork.Load("mlp-64").Description, new PlannerOptions { InputScaleBits = 14, Degrees = [8192] }));
        refusal.Message.ShouldContain("2^14");
        refusal.Message.ShouldContain("2^22");
    }

    [Fact]
    public void Plan_RangesBeyondTheModulus_AreRefusedWithNumbers()
    {
        var network = Create(TensorShape.Vector(50), 1, Dense(8), Square, Dense(3));
        var first = (DenseLayer)network.Layers[0];
        var large = network with { Layers = [first with { Weights = new WeightMatrix(8, 50, [.. Enumerable.Repeat(1e9, 400)]) }, .. network.Layers.Skip(1)] };
        var refusal = Should.Throw<PlanRefusedException>(() => NetworkPlanner.Plan(large, new PlannerOptions { Degrees = [8192] }));
        refusal.Message.ShouldContain("Linear layer 1 overflows");
        refusal.Message.ShouldContain("5E+10");
        refusal.Message.ShouldContain("bits");
    }

    [Fact]
    public void Plan_DeeperThanTheDegreeAllows_IsRefusedOrTakesALargerDegree()
    {
        var network = Create(TensorShape.Vector(8), 2, Dense(6), Square, Dense(6), Square, Dense(5), Square, Dense(4), Square, Dense(3), Square, Dense(2));
        var refusal = Should.Throw<PlanRefusedException>(() => NetworkPlanner.Plan(network, new PlannerOptions { Degrees = [8192] }));
        refusal.Message.ShouldContain("5 squares");
        refusal.Message.ShouldContain("214");
    }

    [Fact]
    public void Plan_FixedParametersOfAnotherDepth_AreRefused() =>
        Should.Throw<PlanRefusedException>(() => NetworkPlanner.Plan(
            TrainedNetwork.Load("mlp-64").Description, new PlannerOptions { Parameters = CkksParameters.Create(8192, [50, 50, 50, 50]) })).Message.ShouldContain("2 data primes");

    [Fact]
    public void Plan_MoreHidingThanTheFirstPrimeHasRoomFor_IsRefused() =>
        Should.Throw<PlanRefusedException>(() => NetworkPlanner.Plan(
            TrainedNetwork.Load("mlp-64").Description, new PlannerOptions { MinHidingBits = 40, Degrees = [8192] })).Message.ShouldContain("hide only");

    [Fact]
    public void Plan_ThePublishedScales_AreSafeAndAsPrecise()
    {
        var plan = NetworkPlanner.Plan(TrainedNetwork.Load("mlp-64").Description, new PlannerOptions
        {
            Parameters = CkksParameters.Create(8192, [50, 50, 50]),
            InputScaleBits = 22,
            WeightScaleBits = [16, 13],
            MinHidingBits = 4,
        });
        plan.PredictedError.ShouldBeLessThan(0.1);
        plan.InputScale.ShouldBe(1 << 22);
    }

    [Theory]
    [InlineData(13, 12, 21)]
    [InlineData(5, 5, 15)]
    [InlineData(4, 4, 14)]
    [InlineData(1, 1, 13)]
    public void Plan_FixedBabySteps_SetTheKeys(int babySteps, int hoistedKeys, int keys)
    {
        var plan = NetworkPlanner.Plan(TrainedNetwork.Load("mlp-64").Description, new PlannerOptions { BabySteps = babySteps });
        plan.RotationKeys.Count(key => key.Steps < 64 && key.Level == 1).ShouldBe(hoistedKeys);
        plan.KeyCount.ShouldBe(keys);
        plan.SeededKeyBytes.ShouldBe(keys * 2 * 3 * 8192 * 8L);
        TestContext.Current.TestOutputHelper!.WriteLine($"baby steps {babySteps}: {plan.KeyCount} keys, {plan.SeededKeyBytes / 1e6:F1} MB, {plan.PredictedMilliseconds:F2} ms");
    }

    [Fact]
    public void Plan_RangesOfTheFirstLayer_AreTheWorstCase()
    {
        var plan = TrainedNetwork.Load("mlp-64").Plan;
        plan.Ranges[0].Planned.ShouldBe(40.94, 0.01);
        plan.Ranges[1].WorstCase.ShouldBe(8835.8, 1);
        plan.Ranges[1].Planned.ShouldBe(2 * 112.82, 0.1);
    }

    [Theory]
    [InlineData(64, 64, 6)]
    [InlineData(128, 100, 7)]
    public void Plan_CnnOf16Maps_TakesTheKnownInstances(int instances, int hidden, int outputFolds)
    {
        var network = Create(new TensorShape(1, 28, 28), 3, Convolution(16, 5, 2, 1), Square, Dense(hidden), Square, Dense(10));
        var plan = NetworkPlanner.Plan(network, new PlannerOptions { MaxError = 10 });
        var steps = plan.Steps.OfType<LinearStep>().ToArray();
        steps[1].Transforms[0].Instances.ShouldBe(instances);
        plan.RotationsByLevel()[2].ShouldBe(8);
        plan.RotationsByLevel()[0].ShouldBe(outputFolds);
    }

    [Fact]
    public void Plan_OneSquareCnn_TakesTheKnownRotations()
    {
        var network = Create(new TensorShape(1, 28, 28), 3, Convolution(16, 5, 2, 1), Square, Dense(10));
        var plan = NetworkPlanner.Plan(network, new PlannerOptions { MaxError = 10 });
        (plan.RotationsByLevel()[1], plan.RotationsByLevel()[0]).ShouldBe((8, 14));
    }

    [Fact]
    public void Walk_LayersThatDoNotFit_AreRefused()
    {
        var dense = new DenseLayer(new WeightMatrix(2, 3, new double[6])) { Bias = [0, 0] };
        Refused([dense, dense], "alternate");
        Refused([dense, new SquareLayer()], "last layer");
        Refused([new SquareLayer()], "alternate");
        Refused([dense with { Bias = [0] }], "1 biases");
        Refused([dense, new SquareLayer(), dense], "3 inputs");
        Refused([new ConvolutionLayer(1, 2, 1, 1, 0, [1, 1]) { Bias = [0] }], "2 channels");

        static void Refused(NetworkLayer[] layers, string part) =>
            Should.Throw<HomomorphicException>(() => NetworkPlanner.Plan(new NetworkDescription(TensorShape.Vector(3), new ValueRange(0, 1), layers))).Message.ShouldContain(part);
    }
}
