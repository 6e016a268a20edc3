using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Jobs;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Cli.Tests.Jobs;

public sealed class ReadinessViewTests
{
    private static readonly EncryptedReadiness Report = new(
        Squares: 1, Levels: 2, Degree: 8192, PrimeBits: [50, 49, 50], Security: "Guideline2024", Rotations: 14, PredictedMilliseconds: 3.92, PredictedError: 0.043,
        PrecisionBits: 10.7, HidingBits: 8.8, Ranges: [new ReadinessRange(8, 42, 42), new ReadinessRange(74, 900, 148)],
        new ReadinessTrial(64, Agreement: 1, WidestMiss: 0, RmsError: 0.067, MaxError: 0.3, Milliseconds: 18.5, RequestBytes: 118_008, ReplyBytes: 117_867, KeyBytes: 5_304_448),
        new ReadinessAccuracy(10_000, Polynomial: 0.8939, Exact: 0.885, Agreement: 0.9353));

    [Fact]
    public void Show_Report_SaysWhatEncryptedInferenceTakesAndGives()
    {
        var text = Text(Report);
        foreach (var part in new[] { "N = 8,192", "50, 49, 50 bits", "2 levels", "14 rotations", "3.92 ms predicted", "18.5 ms tried", "request 115.2 KiB", "keys 5.1 MiB", "10.7 bits", "89.4 % with squares", "88.5 % with ReLU", "93.5 % squares with ReLU" })
            text.ShouldContain(part);
    }

    [Fact]
    public void Show_WithoutReference_SaysNothingOfReLU() =>
        Text(Report with { Accuracy = new ReadinessAccuracy(10_000, 0.8939, null, null) }).ShouldNotContain("ReLU");

    private static string Text(EncryptedReadiness report)
    {
        using var output = new StringWriter();
        using var terminal = new Terminal(output, TextWriter.Null, interactive: false, static _ => null);
        ReadinessView.Show(terminal, report);
        return output.ToString().ReplaceLineEndings(" ");
    }
}
