using System.Text.Json;
using Spectre.Console;

namespace AIaaS.Benchmarks.Harness;

/// <summary>SUITE… [--filter TEXT] [--json FILE]: runs suites one after the other.</summary>
internal static class BenchmarkRun
{
    private const int Usage = 2;

    /// <returns>0 when all ran, whatever the figures; 1 when one failed; 2 for wrong arguments.</returns>
    public static async Task<int> MainAsync(string[] args, IReadOnlyList<ISuite> suites)
    {
        var (names, filter, json) = Parse(args);
        var chosen = suites.Where(suite => names.Contains(suite.Name, StringComparer.Ordinal)).ToList();
        if (names.Count == 0 || chosen.Count != names.Count)
        {
            Explain(suites);
            return Usage;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        AnsiConsole.MarkupLineInterpolated($"[bold]{Machine.Describe()}[/]");
        var results = new List<BenchmarkResult>();
        var failed = false;
        foreach (var suite in chosen) failed |= !await RunAsync(suite, filter, results, stop.Token);
        AnsiConsole.Write(ResultTable.Draw(results));
        if (json is not null) await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(results, BenchmarkJson.Default.IReadOnlyListBenchmarkResult));
        return failed ? 1 : 0;
    }

    private static async Task<bool> RunAsync(ISuite suite, string? filter, List<BenchmarkResult> results, CancellationToken cancellationToken)
    {
        var context = new SuiteContext(FindRoot(), Directory.CreateTempSubdirectory("aiaas-benchmark-").FullName, AnsiConsole.Console, filter);
        try
        {
            await suite.RunAsync(context, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            AnsiConsole.WriteException(exception, ExceptionFormats.ShortenPaths);
            return false;
        }
        finally
        {
            results.AddRange(context.Results);
            Directory.Delete(context.WorkFolder, recursive: true);
        }
    }

    private static (List<string> Names, string? Filter, string? Json) Parse(string[] args)
    {
        var names = new List<string>();
        string? filter = null;
        string? json = null;
        for (var index = 0; index < args.Length; index++)
        {
            if (args[index] == "--json" && index + 1 < args.Length) json = args[++index];
            else if (args[index] == "--filter" && index + 1 < args.Length) filter = args[++index];
            else names.Add(args[index]);
        }
        return (names, filter, json);
    }

    private static void Explain(IReadOnlyList<ISuite> suites)
    {
        AnsiConsole.WriteLine("usage: dotnet run -c Release --project benchmarks -- SUITE... [--filter TEXT] [--json FILE]");
        foreach (var suite in suites) AnsiConsole.WriteLine($"  {suite.Name,-12} {suite.Description}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AIaaS.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("AIaaS.sln was not found above the benchmarks' binaries.");
    }
}
