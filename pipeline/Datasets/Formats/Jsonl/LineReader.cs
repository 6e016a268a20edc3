namespace AIaaS.Pipeline.Datasets.Formats.Jsonl;

/// <summary>Lines of bytes, each borrowed until the next; a line over the limit is skipped and said so.</summary>
internal sealed class LineReader(Stream stream, int maxLine) : IAsyncDisposable
{
    private byte[] _buffer = new byte[Math.Min(1 << 16, maxLine)];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The current line without its end; empty when it was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool TooLong { get; private set; }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        TooLong = false;
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                Take(searched + found, 1);
                return true;
            }
            searched = _end - _start;
            if (_ended)
            {
                if (searched == 0 && !TooLong) return false;
                Take(searched, 0);
                return true;
            }
            if (searched >= maxLine)
            {
                TooLong = true;
                _start = _end;
                searched = 0;
            }
            await FillAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Take(int length, int end)
    {
        var line = _buffer.AsMemory(_start, length);
        if (length > 0 && line.Span[^1] == '\r') line = line[..^1];
        Line = TooLong ? default : line;
        _start += length + end;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min((long)maxLine + 2, _buffer.Length * 2L));
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _ended = read == 0;
    }
}
