using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using Spectre.Console;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Predictions for people: a row a sample, then a count of each class when there are many.</summary>
public static class PredictionView
{
    private const int MostRows = 50;
    private const int MostValues = 8;
    private const int BarWidth = 20;

    public static void Write(Terminal terminal, PredictionReport report)
    {
        terminal.Line($"Model [bold]{Markup.Escape(report.Model)}[/] version {Markup.Escape(report.Version ?? "?")}");
        var table = new Table().Border(TableBorder.Rounded);
        var classes = report.Predictions.Any(prediction => prediction.Label is not null);
        if (classes) table.AddColumns("#", "Label", "Probability", "");
        else table.AddColumns("#", report.Predictions.Any(prediction => prediction.Value is not null) ? "Value" : "Outputs");
        table.Columns[0].RightAligned();
        foreach (var (prediction, index) in report.Predictions.Take(MostRows).Select((prediction, index) => (prediction, index)))
        {
            if (classes) table.AddRow($"{index + 1}", Markup.Escape(prediction.Label ?? ""), Numbers.Percent(prediction.Probability ?? 0), Bar(prediction.Probability ?? 0));
            else table.AddRow($"{index + 1}", Markup.Escape(prediction.Value is { } value ? Numbers.Short(value) : Outputs(prediction)));
        }
        terminal.Out.Write(table);
        if (report.Encryption is { } encryption)
            terminal.Line($"Encrypted: {Numbers.Bytes(encryption.SentBytes)} sent, {Numbers.Bytes(encryption.ReceivedBytes)} received; {encryption.EncryptMs} ms to encrypt, {encryption.RoundTripMs} ms for the answer, {encryption.DecryptMs} ms to decrypt.");
        if (report.Predictions.Count <= MostRows) return;
        terminal.Line($"… and {Numbers.Count(report.Predictions.Count - MostRows)} more (--json has all).");
        foreach (var group in report.Predictions.Where(prediction => prediction.Label is not null).CountBy(prediction => prediction.Label!).OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(MostRows))
            terminal.Line($"  {Markup.Escape(group.Key)}: {Numbers.Count(group.Value)}");
    }

    private static string Bar(double probability) => $"[blue]{new string('█', (int)Math.Round(Math.Clamp(probability, 0, 1) * BarWidth))}[/]";

    private static string Outputs(Prediction prediction) => string.Join("; ", prediction.Outputs.Select(output =>
        $"{output.Key}: {string.Join(", ", output.Value.Take(MostValues).Select(value => value.ToString()))}{(output.Value.Length > MostValues ? $", … ({output.Value.Length})" : "")}"));
}
