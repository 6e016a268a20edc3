using System.Diagnostics;

namespace AIaaS.Fuzz;

/// <summary>Executes a target again and again, each time with random numbers from the seed and the execution's number, and keeps what it finds.</summary>
internal sealed class FuzzRun(IFuzzTarget target, int seed)
{
    private const int MaxFindings = 100;

    private static readonly TimeSpan Report = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> _accepted = [];

    public List<string> Findings { get; } = [];

    public long Executions { get; private set; }

    public long Accepted => _accepted.Values.Sum();

    public long MostAllocated { get; private set; }

    public TimeSpan Longest { get; private set; }

    public void Times(int count)
    {
        for (var i = 0; i < count; i++) Once();
    }

    public void For(TimeSpan duration, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        var reported = TimeSpan.Zero;
        while (clock.Elapsed < duration && Findings.Count < MaxFindings)
        {
            Times(100);
            if (clock.Elapsed - reported < Report) continue;
            reported = clock.Elapsed;
            Write(clock.Elapsed, output);
        }
        Write(clock.Elapsed, output);
        output.WriteLine($"accepted by kind: {string.Join(", ", _accepted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}");
    }

    private void Once()
    {
        var number = Executions++;
        var outcome = target.Execute(new Random(unchecked(seed * 1_000_003 + (int)number)));
        if (outcome.Accepted) _accepted[outcome.Kind] = _accepted.GetValueOrDefault(outcome.Kind) + 1;
        MostAllocated = Math.Max(MostAllocated, outcome.AllocatedBytes);
        Longest = outcome.Elapsed > Longest ? outcome.Elapsed : Longest;
        if (outcome.Finding is not { } finding) return;
        var file = Path.Combine(Path.GetTempPath(), $"fuzz-{outcome.Kind}-{seed}-{number}.bin");
        File.WriteAllBytes(file, outcome.Input);
        Findings.Add($"{outcome.Kind}, seed {seed}, execution {number}: {finding} ({file})");
        if (outcome.Error is not null) Findings[^1] += Environment.NewLine + outcome.Error.StackTrace;
    }

    private void Write(TimeSpan elapsed, TextWriter output)
    {
        output.WriteLine(
            $"{elapsed.TotalMinutes:F1} min: {Executions} executions, {Accepted} accepted, {Findings.Count} findings; most allocated {MostAllocated} bytes, longest {Longest.TotalMilliseconds:F0} ms, process {Environment.WorkingSet >> 20} MB");
        foreach (var finding in Findings) output.WriteLine(finding);
    }
}
