using AIaaS.Pipeline.Datasets.Formats;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Drop;

/// <summary>A body that ends in an error when it is longer than allowed, or not as long as declared.</summary>
internal sealed class BoundedUpload(Stream body, long? declared, long limit, Func<PipelineException> tooLarge) : ReadOnlyStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        if (_read > limit) throw tooLarge();
        if (declared is { } length && (_read > length || (read == 0 && !buffer.IsEmpty && _read < length)))
            throw new PipelineException(ProblemCodes.InvalidRequest, $"The body has {(_read < length ? "fewer" : "more")} bytes than the {length} it declares.");
        return read;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();
}
