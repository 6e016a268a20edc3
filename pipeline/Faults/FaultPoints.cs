using System.Diagnostics;

namespace AIaaS.Pipeline.Faults;

/// <summary>Where the fault tests kill a process: before and after every durable write.</summary>
/// <remarks>
/// Off unless the environment variable AIAAS_FAULT is set ("shard:before", "checkpoint:after:3" for the third time) when the
/// process starts. Unset, a call is one test of a read-only field that the JIT folds away.
/// </remarks>
public static class FaultPoints
{
    public const string Variable = "AIAAS_FAULT";

    private static readonly FaultPlan? Plan = FaultPlan.Parse(Environment.GetEnvironmentVariable(Variable));

    public static void Before(string point) => Plan?.Reached(point, isAfter: false);

    public static void After(string point) => Plan?.Reached(point, isAfter: true);

    private sealed class FaultPlan(string point, bool after, int occurrence)
    {
        private int _seen;

        public static FaultPlan? Parse(string? text)
        {
            if (string.IsNullOrEmpty(text)) return null;
            var parts = text.Split(':');
            if (parts.Length is < 2 or > 3 || parts[1] is not ("before" or "after") || !FaultPointNames.All.Contains(parts[0]))
                throw new InvalidOperationException($"{Variable} must be point:before|after[:occurrence] with a point of {string.Join(", ", FaultPointNames.All)}.");
            return new FaultPlan(parts[0], parts[1] == "after", parts.Length == 3 ? int.Parse(parts[2]) : 1);
        }

        public void Reached(string name, bool isAfter)
        {
            if (name != point || isAfter != after || Interlocked.Increment(ref _seen) != occurrence) return;
            // SIGKILL, as a power cut would: no finally block, no flush, no drain.
            using var self = Process.GetCurrentProcess();
            self.Kill();
            throw new UnreachableException();
        }
    }
}
