using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Tests.Circuits.Networks;
using static AIaaS.Homomorphic.Tests.Circuits.Networks.RandomNetwork;

namespace AIaaS.Homomorphic.Tests.Circuits.Files;

public sealed class NetworkFileTests
{
    [Theory]
    [InlineData("mlp-64")]
    [InlineData("cnn-16-100")]
    public void Read_TrainedNetwork_GivesTheSamePlan(string name)
    {
        var file = NetworkFile.Create(TrainedNetwork.Load(name).Description);
        var bytes = file.ToBytes();
        var read = NetworkFile.Read(bytes);
        read.ToBytes().ShouldBe(bytes); // the plan's digest is among them
        PlanText.Describe(read.Plan).ShouldBe(PlanText.Describe(file.Plan));
        read.Plan.Repetition.ShouldBe(file.Plan.Repetition);
    }

    [Fact]
    public void Read_QuadraticsOptionsAndCosts_AreKept()
    {
        var random = Create(TensorShape.Vector(20), 3, Dense(8), Square, Dense(3));
        var quadratic = random with { Layers = [random.Layers[0], new QuadraticLayer(0.5, -0.25, 0.125), random.Layers[2]] };
        var options = new PlannerOptions { BabySteps = 2, MaxError = 0.5, RangeMargin = 3, MinHidingBits = 6, Costs = UnitCosts.Model(8192, levels: 2) };
        var read = NetworkFile.Read(NetworkFile.Create(quadratic, options).ToBytes());
        read.Network.Layers[1].ShouldBe(new QuadraticLayer(0.5, -0.25, 0.125));
        read.Network.InputRms.ShouldBe(quadratic.InputRms);
        (read.Options.BabySteps, read.Options.MaxError, read.Options.RangeMargin, read.Options.MinHidingBits).ShouldBe((2, 0.5, 3, 6));
        read.Options.Costs!.Levels.ShouldBe(options.Costs.Levels);
        var input = Input(quadratic, 9);
        read.Network.Forward(input)[^1].ShouldBe(quadratic.Forward(input)[^1]);
    }

    [Fact]
    public void Write_WeightsOf32Bits_TakeFourBytesEach()
    {
        var network = TrainedNetwork.Load("mlp-64").Description;
        NetworkFile.Create(network).ToBytes().Length.ShouldBeInRange(4 * (64 * 784 + 64 + 640 + 10), 4 * (64 * 784 + 64 + 640 + 10) + 400);
    }

    [Fact]
    public void Read_AnotherPlannersLayout_IsRefusedAsSuch()
    {
        var bytes = Small().ToBytes();
        bytes[^33] ^= 1; // in the plan's digest
        Should.Throw<PlanDiffersException>(() => NetworkFile.Read(Sealed(bytes))).Message.ShouldContain("Publish the model again");
    }

    [Fact]
    public void Read_AnotherVersion_IsRefusedAsSuch()
    {
        var bytes = Small().ToBytes();
        bytes[8] = 2;
        Should.Throw<NetworkFileException>(() => NetworkFile.Read(Sealed(bytes))).Message.ShouldContain("version 2");
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        var bytes = Small().ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<NetworkFileException>(() => NetworkFile.Read(cut));
            if (length > 42) Should.Throw<NetworkFileException>(() => NetworkFile.Read(Sealed(cut)));
        }
    }

    [Fact]
    public void Read_EveryFlip_IsRefused()
    {
        var bytes = Small().ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            Should.Throw<NetworkFileException>(() => NetworkFile.Read(bytes));
            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public void Read_EveryFlipUnderANewDigest_IsRefusedOrAValidNetwork()
    {
        var bytes = Small().ToBytes();
        var refused = 0;
        for (var at = 0; at < bytes.Length - 32; at++)
        {
            foreach (var mask in new byte[] { 0x01, 0xff })
            {
                var flipped = bytes.ToArray();
                flipped[at] ^= mask;
                try
                {
                    var read = NetworkFile.Read(Sealed(flipped));
                    read.ToBytes().ShouldBe(Sealed(flipped));
                }
                catch (NetworkFileException)
                {
                    refused++;
                }
            }
        }
        refused.ShouldBeGreaterThan(bytes.Length);
    }

    [Fact]
    public void Read_LengthsThatLie_TakeNoMemory()
    {
        var large = Create(TensorShape.Vector(20), 3, Dense(8), Square, Dense(3));
        var bytes = NetworkFile.Create(large).ToBytes();
        var rows = bytes.AsSpan().IndexOf(new byte[] { 1, 8, 0, 0, 0, 20, 0, 0, 0 }) + 1; // kind, rows, columns
        BitConverter.TryWriteBytes(bytes.AsSpan(rows), 65_536);
        BitConverter.TryWriteBytes(bytes.AsSpan(rows + 4), 65_536);
        var resealed = Sealed(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<NetworkFileException>(() => NetworkFile.Read(resealed)).Message.ShouldContain("ends within the weights");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Create_MoreThanTheLimits_IsRefusedWithNumbers()
    {
        var wide = Create(TensorShape.Vector(100), 1, Dense(50), Square, Dense(2));
        var refusal = Should.Throw<HomomorphicException>(() => NetworkFile.Create(wide, limits: new NetworkLimits { MaxMatrixEntries = 5_000 }));
        refusal.Message.ShouldContain("5,100");
        refusal.Message.ShouldContain("5,000");
        Should.Throw<HomomorphicException>(() => NetworkFile.Create(wide, limits: new NetworkLimits { MaxLayers = 1 })).Message.ShouldContain("3 layers");
        Should.Throw<HomomorphicException>(() => NetworkFile.Create(wide, limits: new NetworkLimits { MaxValues = 99 })).Message.ShouldContain("1x1x100");
    }

    [Fact]
    public void Create_NoSafePlan_IsRefusedAsByThePlanner()
    {
        var network = Create(TensorShape.Vector(50), 1, Dense(8), Square, Dense(3));
        var first = (DenseLayer)network.Layers[0];
        var large = network with { Layers = [first with { Weights = new WeightMatrix(8, 50, [.. Enumerable.Repeat(1e30, 400)]) }, .. network.Layers.Skip(1)] };
        Should.Throw<PlanRefusedException>(() => NetworkFile.Create(large)).Message.ShouldContain("overflows");
    }

    private static NetworkFile Small() => NetworkFile.Create(
        Create(new TensorShape(1, 4, 4), 5, Convolution(2, 3, 2, 1), Square, Dense(2)), new PlannerOptions { Degrees = [8192] });

    private static byte[] Sealed(byte[] file)
    {
        var copy = file.ToArray();
        SHA256.HashData(copy.AsSpan(0, copy.Length - 32), copy.AsSpan(copy.Length - 32));
        return copy;
    }
}
