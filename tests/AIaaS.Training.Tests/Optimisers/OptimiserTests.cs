using AIaaS.Models.Families;
using AIaaS.Training.Networks;
using AIaaS.Training.Optimisers;
using AIaaS.Training.Tests.Learning;
using static TorchSharp.torch;

namespace AIaaS.Training.Tests.Optimisers;

/// <summary>The same steps as TorchSharp's own optimisers, on the same gradients.</summary>
public sealed class OptimiserTests
{
    [Theory]
    [InlineData("adam", 0)]
    [InlineData("adam", 0.1)]
    [InlineData("adamw", 0.1)]
    [InlineData("sgd", 0.1)]
    public void Step_TenTimes_MovesLikeTorch(string name, double weightDecay)
    {
        var plan = ModelFamily.Plan(ModelFamily.Linear, [8], 2, [], [], 0);
        using var parameters = new FlatParameters(plan, CPU);
        parameters.Initialise(1);
        using var ours = Optimiser.Create(TrainerSetup.Arguments with { Optimizer = name, WeightDecay = weightDecay }, parameters);
        using var theirs = new TorchSharp.Modules.Parameter(parameters[0].detach().clone());
        using var reference = Reference(name, theirs, weightDecay);

        for (var step = 0; step < 10; step++)
        {
            var gradient = Enumerable.Range(0, 16).Select(i => (float)Math.Sin((step * 16) + i)).ToArray();
            using var values = tensor(gradient, [2, 8]);
            parameters[0].grad!.copy_(values);
            theirs.grad = values.clone();
            ours.Step(0.01);
            reference.step();
        }
        allclose(parameters[0], theirs, rtol: 1e-5, atol: 1e-6).ShouldBeTrue();
        parameters.Gradients.abs().sum().item<float>().ShouldBe(0);
    }

    [Theory]
    [InlineData("constant", 0, 0, 1.0)]
    [InlineData("constant", 10, 5, 0.5)]
    [InlineData("linear", 0, 50, 0.5)]
    [InlineData("linear", 20, 60, 0.5)]
    [InlineData("cosine", 0, 50, 0.5)]
    [InlineData("cosine", 0, 25, 0.85355339)]
    [InlineData("cosine", 0, 100, 0)]
    [InlineData("one_cycle", 20, 0, 0.04)]
    [InlineData("one_cycle", 20, 10, 0.52)]
    [InlineData("one_cycle", 20, 20, 1)]
    [InlineData("one_cycle", 19, 59, 0.500002)]
    [InlineData("one_cycle", 20, 99, 4e-6)]
    public void At_Schedules_FollowTheirCurves(string type, long warmup, long step, double expected) =>
        new LearningRateSchedule(1, type, warmup, 100).At(step).ShouldBe(expected, 1e-6);

    [Fact]
    public void Step_NetworkWithNormalization_DecaysWeightsAlone()
    {
        var plan = EncryptedFamily.Plan(ModelFamily.Mlp, [1, 2, 4], 2, [3], [], new SquareSpec());
        using var parameters = new FlatParameters(plan, CPU);
        parameters.Initialise(1);
        var before = parameters.ByName(parameters.Save());
        using var optimiser = Optimiser.Create(TrainerSetup.Arguments with { Optimizer = "adamw", WeightDecay = 0.5 }, parameters);
        optimiser.Step(0.1);
        var after = parameters.ByName(parameters.Save());
        before["2.weight"].ShouldBe([1, 1, 1]);
        foreach (var (name, values) in after)
        {
            var factor = name is "1.weight" or "4.weight" ? 0.95f : 1;
            for (var i = 0; i < values.Length; i++) values[i].ShouldBe(before[name][i] * factor, 1e-6, name);
        }
    }

    [Fact]
    public void Clip_LongGradients_AreShortenedToTheNorm()
    {
        using var parameters = new FlatParameters(ModelFamily.Plan(ModelFamily.Linear, [8], 2, [], [], 0), CPU);
        using var optimiser = Optimiser.Create(TrainerSetup.Arguments, parameters);
        parameters.Gradients.fill_(3);
        optimiser.Clip(2);
        parameters.Gradients.norm().item<float>().ShouldBe(2, 1e-4);
        optimiser.Clip(5);
        parameters.Gradients.norm().item<float>().ShouldBe(2, 1e-4);
    }

    private static optim.Optimizer Reference(string name, TorchSharp.Modules.Parameter parameter, double weightDecay) => name switch
    {
        "adam" => optim.Adam([parameter], lr: 0.01, weight_decay: weightDecay),
        "adamw" => optim.AdamW([parameter], lr: 0.01, weight_decay: weightDecay),
        _ => optim.SGD([parameter], 0.01, weight_decay: weightDecay),
    };
}
