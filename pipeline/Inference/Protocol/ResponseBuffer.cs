using System.Buffers;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>A growing, pooled buffer for one answer, bounded by <see cref="InferenceLimits.MaxResponseBytes"/>.</summary>
internal sealed class ResponseBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1024);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>What was written before, to be written over.</summary>
    public Span<byte> At(int start, int length) => _bytes.AsSpan(0, Length).Slice(start, length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Reserve(int sizeHint)
    {
        var needed = (long)Length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length) return;
        if (needed > InferenceLimits.MaxResponseBytes)
        {
            throw new PipelineException(ProblemCodes.PayloadTooLarge,
                $"The outputs take more than {InferenceLimits.MaxResponseBytes} bytes. Ask for fewer outputs, for binary, or send a smaller batch.");
        }
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, _bytes.Length * 2L), InferenceLimits.MaxResponseBytes));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
