using Spectre.Console;

namespace AIaaS.Benchmarks.Harness;

/// <summary>What a suite is run with.</summary>
/// <param name="ProjectRoot">The folder of AIaaS.sln.</param>
/// <param name="WorkFolder">A fresh folder of this run, deleted after it.</param>
/// <param name="Console">For progress.</param>
/// <param name="Filter">Part of the names of the figures that are wanted; null for all.</param>
public sealed record SuiteContext(string ProjectRoot, string WorkFolder, IAnsiConsole Console, string? Filter)
{
    private readonly List<BenchmarkResult> _results = [];

    public IReadOnlyList<BenchmarkResult> Results => _results;

    /// <summary>Whether a figure of this name is to be measured.</summary>
    public bool Wants(string name) => Filter is null || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    public void Report(BenchmarkResult result)
    {
        _results.Add(result);
        Log($"{result.Name}: {result.Ours:0.###} {result.Unit}{(result.Theirs is { } theirs ? $" against {theirs:0.###}" : "")}");
    }

    public void Log(string line) => Console.MarkupLineInterpolated($"[grey]{line}[/]");

    /// <summary>A program's release build: "AIaaS.Functions" gives artifacts/bin/AIaaS.Functions/release/AIaaS.Functions.dll.</summary>
    public string BuiltProgram(string project)
    {
        var folder = Path.Combine(ProjectRoot, "artifacts", "bin", project);
        var found = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, "release*").Select(path => Path.Combine(path, project + ".dll")).FirstOrDefault(File.Exists)
            : null;
        return found ?? throw new FileNotFoundException($"{project} has no release build. Run the benchmarks with 'dotnet run -c Release --project benchmarks'.");
    }
}
