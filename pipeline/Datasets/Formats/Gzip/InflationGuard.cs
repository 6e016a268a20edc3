using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Gzip;

/// <summary>A decompressing stream whose output is counted while it comes, and whose damage is a typed error.</summary>
/// <param name="inner">Decompresses; disposed with this.</param>
/// <param name="name">For the error.</param>
/// <param name="counter">Counts for the whole archive.</param>
internal sealed class InflationGuard(Stream inner, string name, InflationCounter counter) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(exception);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        counter.Add(read);
        return read;
    }

    private PipelineException Damaged(Exception cause) =>
        new(ProblemCodes.DatasetMalformed, $"{name}: the compressed data is damaged or cut off.", innerException: cause);
}
