using System.Diagnostics;
using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>What a piece of work took of this process; Azurite's own work is in the wall time only.</summary>
/// <param name="Wall">Seconds.</param>
/// <param name="Cpu">CPU seconds of all threads.</param>
internal sealed record Cost(double Wall, double Cpu)
{
    public static async Task<Cost> OfAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        var cpu = ProcessUsage.CpuTime(Environment.ProcessId);
        await work();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalSeconds, (ProcessUsage.CpuTime(Environment.ProcessId) - cpu).TotalSeconds);
    }
}
