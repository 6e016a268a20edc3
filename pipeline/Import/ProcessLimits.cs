using System.Runtime.InteropServices;

namespace AIaaS.Pipeline.Import;

/// <summary>Limits this process for the rest of its life. On Linux; elsewhere only the managed heap is limited, by its parent.</summary>
internal static partial class ProcessLimits
{
    private const int ResourceData = 2;
    private const int ResourceCore = 4;

    /// <param name="bytes">Private writable memory, native heaps included (RLIMIT_DATA).</param>
    public static void Apply(long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        Set(ResourceData, (ulong)bytes);
        // A crash must not leave the model in a core file.
        Set(ResourceCore, 0);
    }

    private static void Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        if (SetLimit(resource, in limit) != 0) throw new InvalidOperationException($"The process could not be limited (error {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
