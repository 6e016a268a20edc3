using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks.Clear;
using static AIaaS.Homomorphic.Tests.Circuits.Networks.RandomNetwork;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

public sealed class NetworkExecutorTests
{
    public static TheoryData<string> Shapes => [.. Networks.Keys];

    private static readonly Dictionary<string, Func<NetworkDescription>> Networks = new()
    {
        ["dense"] = () => Create(TensorShape.Vector(30), 1, Dense(7)),
        ["dense-square-dense"] = () => Create(TensorShape.Vector(50), 2, Dense(20), Square, Dense(3)),
        ["one output"] = () => Create(TensorShape.Vector(50), 3, Dense(20), Square, Dense(1)),
        ["three squares"] = () => Create(TensorShape.Vector(20), 4, Dense(12), Square, Dense(9), Square, Dense(5), Square, Dense(2)),
        ["input wider than the slots"] = () => Create(TensorShape.Vector(5000), 5, Dense(10), Square, Dense(4)),
        ["convolution, one square"] = () => Create(new TensorShape(1, 12, 12), 6, Convolution(4, 5, 2, 1), Square, Dense(10)),
        ["convolution, stride 1, no padding"] = () => Create(new TensorShape(1, 9, 9), 7, Convolution(3, 3, 1, 0), Square, Dense(10)),
        ["convolution, stride 3, kernel 2, colour, not square"] = () => Create(new TensorShape(3, 10, 13), 8, Convolution(2, 2, 3, 1), Square, Dense(6)),
        ["two convolutions"] = () => Create(new TensorShape(1, 12, 12), 9, Convolution(2, 3, 2, 1), Square, Convolution(3, 3, 2, 1), Square, Dense(4)),
        ["more maps than one ciphertext holds"] = () => Create(new TensorShape(1, 28, 28), 10, Convolution(20, 5, 2, 1), Square, Dense(3)),
        ["convolution at the end"] = () => Create(new TensorShape(1, 8, 8), 11, Convolution(2, 3, 1, 1)),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShape_IsTheNetworkExactly(string shape)
    {
        var network = Networks[shape]();
        // Exactness is the matter here, precision is not.
        var plan = NetworkPlanner.Plan(network, new PlannerOptions { MaxError = 10, MinHidingBits = 2 });
        var evaluator = new ClearEvaluator(plan.Parameters);
        var recording = new RecordingEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator);
        using (var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(recording, plan))
        {
            var input = Input(network, 99);
            var request = plan.Pack(input).Select(slots => evaluator.Encrypt(slots, plan.InputLevel, plan.InputScale)).ToArray();
            var reply = executor.Run(request);
            var results = plan.Unpack([.. reply.Select(part => evaluator.Decrypt(part).Select(slot => slot.Real).ToArray())]);
            results.ShouldBe(network.Forward(input)[^1], 1e-9);
            foreach (var part in reply) part.Scale.ShouldBe(plan.OutputScale, plan.OutputScale * 1e-12);
            foreach (var value in request.Concat(reply)) value.Dispose();
        }
        evaluator.LiveCiphertexts.ShouldBe(0);
        recording.RotationLevels.Select(use => new RotationKey(use.Key, use.Value)).ShouldBe(plan.RotationKeys);
    }

    [Fact]
    public void Plan_QuadraticActivations_FoldIntoSquaresExactly()
    {
        var network = Create(TensorShape.Vector(30), 12, Dense(16), (_, _) => new QuadraticLayer(0.3, -0.7, 0.2), Dense(9), (_, _) => new QuadraticLayer(-0.5, 0.1, 1), Dense(4));
        var folded = network.Folded();
        folded.Layers.OfType<SquareLayer>().Count().ShouldBe(2);
        var input = Input(network, 5);
        folded.Forward(input)[^1].ShouldBe(network.Forward(input)[^1], 1e-12);
        NetworkPlanner.Plan(network, new PlannerOptions { MaxError = 10 }).Steps.OfType<SquareStep>().Count().ShouldBe(2);
    }

    [Fact]
    public void Folded_AConstantIntoAPaddedConvolution_IsRefused()
    {
        var network = Create(new TensorShape(1, 8, 8), 13, Convolution(2, 3, 1, 0), (_, _) => new QuadraticLayer(1, 1, 1), Convolution(2, 3, 1, 1));
        Should.Throw<HomomorphicException>(network.Folded).Message.ShouldContain("padded");
    }

    [Fact]
    public void Run_RequestsOfAnotherShape_AreRefused()
    {
        var plan = NetworkPlanner.Plan(Networks["dense-square-dense"]());
        var evaluator = new ClearEvaluator(plan.Parameters);
        using var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, plan);
        Should.Throw<HomomorphicException>(() => executor.Run([])).Message.ShouldContain("1 ciphertexts");
        Should.Throw<HomomorphicException>(() => executor.Run([evaluator.Encrypt([1.0], 0, plan.InputScale)])).Message.ShouldContain("level 1");
        Should.Throw<HomomorphicException>(() => executor.Run([evaluator.Encrypt([1.0], 1, 2 * plan.InputScale)])).Message.ShouldContain("scale");
        Should.Throw<HomomorphicException>(() => plan.Pack(new double[51])).Message.ShouldContain("50");
        Should.Throw<HomomorphicException>(() => plan.Pack([.. Enumerable.Repeat(double.NaN, 50)])).Message.ShouldContain("finite");
        var request = evaluator.Encrypt([1.0], 1, plan.InputScale);
        Should.Throw<OperationCanceledException>(() => executor.Run([request], new CancellationToken(canceled: true)));
        request.Slots.Length.ShouldBe(4096, "the request stays the caller's");
    }

    [Fact]
    public void Constructor_OtherParameters_AreRefused()
    {
        var plan = NetworkPlanner.Plan(Networks["dense-square-dense"]());
        var other = new ClearEvaluator(Homomorphic.Ckks.CkksParameters.Create(8192, [40, 40, 50]));
        Should.Throw<HomomorphicException>(() => new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(other, plan)).Message.ShouldContain("other parameters");
    }
}
