namespace AIaaS.Pipeline.Datasets.Rows;

/// <summary>Reads the rows of one part of a dataset, forward only, in bounded memory.</summary>
internal abstract class RowReader : IAsyncDisposable
{
    /// <summary>1-based line in a text file, 1-based row elsewhere; where the current row begins.</summary>
    public long Line { get; protected set; }

    /// <summary>Why the current row cannot be used whatever its cells hold; null when it can.</summary>
    public string? Fault { get; protected set; }

    /// <summary>The part that the file itself puts the row into.</summary>
    public virtual DatasetSplit? Split => null;

    /// <summary>The file the row is in, or the entry within an archive.</summary>
    public abstract string Place { get; }

    /// <exception cref="Problems.PipelineException">DatasetMalformed, DatasetTooLarge: the file cannot be read on.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>A value of the current row, which must be without fault.</summary>
    public abstract Cell this[int column] { get; }

    /// <summary>A hash of the whole row; equal rows have equal hashes.</summary>
    public abstract ulong Hash();

    public abstract ValueTask DisposeAsync();
}
