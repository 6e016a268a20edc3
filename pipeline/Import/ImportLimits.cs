namespace AIaaS.Pipeline.Import;

/// <summary>What an ONNX file from elsewhere may cost before it is trusted to load in the service itself.</summary>
public static class ImportLimits
{
    /// <summary>Size of the file: 256 MiB.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>What the child process may allocate beside the file: 1 GiB.</summary>
    public const long TrialMemory = 1L << 30;

    /// <summary>Copies of the weights that loading may make (the file, the parsed graph, the repacked weights).</summary>
    public const int TrialCopies = 4;

    /// <summary>The child's answer: names and shapes of tensors, 1 MiB.</summary>
    public const int MaxReportBytes = 1 << 20;

    /// <summary>How long another import may keep this one waiting.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ShortestTrial = TimeSpan.FromSeconds(10);

    /// <summary>10 s, and one more for every 16 MiB: 26 s for the largest file.</summary>
    public static TimeSpan TrialTime(long bytes) => ShortestTrial + TimeSpan.FromSeconds(bytes / (16 << 20));

    /// <summary>Bytes of private memory the child may have.</summary>
    public static long TrialBytes(long bytes) => TrialMemory + (TrialCopies * bytes);
}
