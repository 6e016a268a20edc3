using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Cli.Jobs;

/// <summary>A readiness report for people: what encrypted inference with the model will take and give.</summary>
public static class ReadinessView
{
    public static void Show(Terminal terminal, EncryptedReadiness report)
    {
        var (trial, accuracy) = (report.Trial, report.Accuracy);
        terminal.Line("Encrypted inference");
        terminal.Line($"  parameters   N = {Numbers.Count(report.Degree)}, primes of {string.Join(", ", report.PrimeBits)} bits (128-bit security, {report.Security}); {report.Levels} levels, {report.Squares} squares, {report.Rotations} rotations");
        terminal.Line($"  latency      {Numbers.Short(report.PredictedMilliseconds)} ms predicted; {Numbers.Short(trial.Milliseconds)} ms tried where it was trained (one thread, server part)");
        terminal.Line($"  bytes        request {Numbers.Bytes(trial.RequestBytes)}, reply {Numbers.Bytes(trial.ReplyBytes)}, keys {Numbers.Bytes(trial.KeyBytes)} once");
        terminal.Line($"  precision    {Numbers.Short(report.PrecisionBits)} bits; error of an output {Numbers.Short(trial.RmsError)} RMS over {trial.Rows} rows, {Numbers.Short(report.PredictedError)} predicted; {Numbers.Short(report.HidingBits)} hiding bits");
        terminal.Line($"  accuracy     {Numbers.Percent(accuracy.Polynomial)} with squares{(accuracy.Exact is { } exact ? $", {Numbers.Percent(exact)} with ReLU" : "")} on {Numbers.Count(accuracy.Rows)} test rows in the clear");
        terminal.Line($"  agreement    {Numbers.Percent(trial.Agreement)} encrypted with clear{(accuracy.Agreement is { } same ? $"; {Numbers.Percent(same)} squares with ReLU" : "")}");
    }
}
