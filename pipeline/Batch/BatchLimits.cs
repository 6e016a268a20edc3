namespace AIaaS.Pipeline.Batch;

/// <summary>What keeps a batch's memory the same whatever the file's size.</summary>
internal static class BatchLimits
{
    /// <summary>Rows given to the model at once.</summary>
    public const int RowsPerRun = 256;

    /// <summary>Bytes of input tensors held at once; fewer rows are taken when they are large.</summary>
    public const int BytesPerRun = 8 << 20;
}
