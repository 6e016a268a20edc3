namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>Makes VmHWM begin anew (proc(5), clear_refs 5), so that it speaks of what follows.</summary>
internal static class PeakMemory
{
    public static void Reset()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }
}
