using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ckks.Clear;
using FsCheck.Xunit;

namespace AIaaS.Homomorphic.Tests.Circuits.Linear;

public sealed class MatrixVectorProductTests
{
    // 1024 slots: few enough to try many shapes.
    private static readonly CkksParameters Small = CkksParameters.Create(2048, [30, 23]);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(7, 13)]
    [InlineData(64, 64)]
    [InlineData(100, 77)]
    [InlineData(1024, 3)]
    [InlineData(10, 2600)]
    [InlineData(1400, 20)]
    [InlineData(1030, 150)]
    public void Apply_AnyShape_IsTheProduct(int rows, int columns) => Check(rows, columns, rows * 31 + columns, null);

    [Property(MaxTest = 40)]
    public void Apply_RandomShapes_IsTheProduct(ushort rows, ushort columns, byte babies) =>
        Check(1 + rows % 200, 1 + columns % 1500, rows * 7 + columns, babies % 3 == 0 ? null : 1 + babies % 20);

    [Fact]
    public void Create_784To64_TakesTheFewestInstances()
    {
        var product = MatrixVectorProduct.Create(Random(64, 784, 1), Parameters8192, level: 1);
        var part = product.Parts.ShouldHaveSingleItem();
        part.Instances.ShouldBe(13);
        Period(product).ShouldBe(819);
        product.Rotations.ShouldBe([1, 2, 3, 4, 5, 64, 128, 256, 512, 1024, 2048]);
    }

    [Fact]
    public void Create_784To128_TakesTheFewestInstances()
    {
        var product = MatrixVectorProduct.Create(Random(128, 784, 1), Parameters8192, level: 1);
        product.Parts.ShouldHaveSingleItem().Instances.ShouldBe(26);
        Period(product).ShouldBe(794);
    }

    [Fact]
    public void Create_ZeroWeights_StillNeedTheirInstances()
    {
        var zeros = new double[784 * 64];
        zeros[0] = 1;
        var product = MatrixVectorProduct.Create(new WeightMatrix(64, 784, zeros), Parameters8192, level: 1);
        product.Parts[0].Instances.ShouldBe(13, "the plan must not show which weights are zero");
    }

    [Fact]
    public void WeightMatrix_WrongSizesOrValues_AreRefused()
    {
        Should.Throw<HomomorphicException>(() => new WeightMatrix(2, 3, new double[5])).Message.ShouldContain("6");
        Should.Throw<HomomorphicException>(() => new WeightMatrix(1, 1, [double.NaN])).Message.ShouldContain("finite");
        Should.Throw<HomomorphicException>(() => MatrixVectorProduct.Create(Random(2, 3, 1), Small, 0).Pack(new double[4])).Message.ShouldContain("3 columns");
    }

    private static CkksParameters Parameters8192 { get; } = CkksParameters.Create(8192, [50, 50, 50]);

    private static int Period(MatrixVectorProduct product)
    {
        var elements = product.Inputs[0].Elements;
        return Enumerable.Range(1, elements.Length - 1).First(slot => elements[slot] == 0);
    }

    private static void Check(int rows, int columns, int seed, int? babySteps)
    {
        var parameters = Small;
        var evaluator = new ClearEvaluator(parameters);
        var matrix = Random(rows, columns, seed);
        var vector = Integers(columns, seed + 1);
        var product = MatrixVectorProduct.Create(matrix, parameters, 0, babySteps: babySteps);
        var recording = new RecordingEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator);
        using var prepared = product.Prepare(recording, 0, 1 << 10);

        var inputs = product.Pack(vector).Select(slots => evaluator.Encrypt(slots, 0, 1 << 10)).ToArray();
        var outputs = prepared.Apply(inputs);
        var result = product.Unpack([.. outputs.Select(output => evaluator.Decrypt(output).Select(slot => slot.Real).ToArray())]);

        // Small integers: exact.
        result.ShouldBe(matrix.Multiply(vector));
        recording.RotationLevels.Keys.ShouldBe(product.Rotations);
        foreach (var value in inputs.Concat(outputs)) value.Dispose();
        evaluator.LiveCiphertexts.ShouldBe(0);
    }

    private static WeightMatrix Random(int rows, int columns, int seed) => new(rows, columns, Integers(rows * columns, seed));

    private static double[] Integers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(-8, 9))];
    }
}
