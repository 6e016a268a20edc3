using AIaaS.Pipeline.Datasets;
using AIaaS.Testing;
using Apache.Arrow;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

public sealed class NumpyIngestionTests(AzuriteFixture azurite)
{
    private static readonly byte[] Labels = Builders.Npy("<i8", "4,", Builders.Bytes(0L, 1, 0, 1));

    [Theory]
    [InlineData("<f4", 1)]
    [InlineData("<f8", 2)]
    [InlineData(">f4", 3)]
    [InlineData("<i2", 1)]
    [InlineData("|u1", 1)]
    [InlineData("<f2", 1)]
    public async Task Ingest_Vectors_KeepsEveryValue(string descr, byte version)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        double[] values = [0, 1, 2, 3, 4, 5, 6, 7];
        var data = values.SelectMany(value => Element(descr, value)).ToArray();
        await rig.PutAsync("x", Builders.Npy(descr, "4, 2", data, version: version));
        await rig.PutAsync("y", Labels);
        (await rig.IngestAsync()).Error.ShouldBeNull();

        var vectors = (FixedSizeListArray)(await rig.ReadAsync()).ShouldHaveSingleItem().Column(0);
        ((FloatArray)vectors.Values).Values.ToArray().Select(value => (double)value).ShouldBe(values);
        (await rig.OpenAsync()).Schema.Features[0].Shape.ShouldBe([2]);
    }

    [Fact]
    public async Task Ingest_NpzWithTrainAndTest_KeepsTheParts()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("mnist.npz", Builders.Zip(
        [
            ("x_test.npy", Builders.Npy("|u1", "100, 28, 28", Digits.Pixels[(400 * 784)..])),
            ("x_train.npy", Builders.Npy("|u1", "400, 28, 28", Digits.Pixels[..(400 * 784)])),
            ("y_train.npy", Builders.Npy("|u1", "400,", Digits.Labels[..400])),
            ("y_test.npy", Builders.Npy("|u1", "100,", Digits.Labels[400..])),
        ]));
        record.Error.ShouldBeNull();
        record.Rows.ShouldBe(500);
        var dataset = await rig.OpenAsync();
        dataset.Report.Split.Test.ShouldBe(100);
        dataset.Schema.Features[0].Type.ShouldBe(ColumnType.Image);
    }

    [Theory]
    [InlineData("|O", "4, 2", false, "objects")]
    [InlineData("<U8", "4, 2", false, "no numbers")]
    [InlineData("<f4", "4, 2", true, "Fortran")]
    [InlineData("<f4", "99999999999999999999, 2", false, "dimension")]
    [InlineData("<f4", "4, 3", false, "cut off")]
    public async Task Ingest_ArrayThatIsNotRead_SaysWhy(string descr, string shape, bool fortran, string why)
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        var record = await rig.IngestAsync("x.npy", Builders.Npy(descr, shape, new byte[32], fortran));
        record.Error!.Code.ShouldBe("DatasetMalformed");
        record.Error.Message.ShouldContain(why);
    }

    [Fact]
    public async Task Ingest_NonFiniteVector_IsRejectedWithItsRow()
    {
        await using var rig = await DatasetRig.StartAsync(azurite);
        await rig.PutAsync("dataset.yaml", "reject_threshold: 0.5");
        await rig.PutAsync("x", Builders.Npy("<f4", "4, 2", Builders.Bytes(1f, 2, 3, float.NaN, 5, 6, 7, 8)));
        await rig.PutAsync("y", Labels);
        var record = await rig.IngestAsync();
        record.Rows.ShouldBe(3);
        (await rig.OpenAsync()).Report.Rejected.Reasons.ShouldHaveSingleItem().FirstAt.ShouldBe("x:2");
    }

    private static byte[] Element(string descr, double value) => descr switch
    {
        "<f4" => BitConverter.GetBytes((float)value),
        "<f8" => BitConverter.GetBytes(value),
        ">f4" => [.. BitConverter.GetBytes((float)value).Reverse()],
        "<i2" => BitConverter.GetBytes((short)value),
        "<f2" => BitConverter.GetBytes((Half)value),
        _ => [(byte)value],
    };
}
