using System.Diagnostics;
using System.Globalization;

namespace AIaaS.Benchmarks.Harness;

/// <summary>What a process has used so far, as the system counts it.</summary>
public static class ProcessUsage
{
    public static TimeSpan CpuTime(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    /// <summary>Largest resident memory so far (VmHWM), in bytes; Linux.</summary>
    public static long PeakMemory(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
