using System.IO.Hashing;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Tensors;

/// <summary>Row by row through an array and its labels.</summary>
internal sealed class TensorRowReader : RowReader
{
    private readonly TensorFile _input;
    private readonly TensorFile? _labels;
    private readonly Stream? _inputData;
    private readonly Stream? _labelData;
    private readonly byte[] _row;
    private readonly byte[] _label;
    private readonly float[] _vector;

    private TensorRowReader(TensorFile input, TensorFile? labels, Stream? inputData, Stream? labelData)
    {
        _input = input;
        _labels = labels;
        _inputData = inputData;
        _labelData = labelData;
        _row = new byte[input.RowBytes];
        _label = new byte[labels?.Element.Size ?? 0];
        _vector = new float[input.IsImages ? 0 : input.RowElements];
    }

    public override DatasetSplit? Split => SplitOfPart;

    public override string Place => _input.Name;

    public override Cell this[int column] => column == 1 ? Cell.OfNumber(_labels!.Element.Read(_label))
        : _input.IsImages ? Cell.OfImage(_row)
        : Cell.OfVector(_vector);

    private DatasetSplit? SplitOfPart { get; init; }

    public static async Task<TensorRowReader> OpenAsync(
        TensorFile input, TensorFile? labels, DatasetSplit? split, bool headersOnly, CancellationToken cancellationToken)
    {
        // Vectors are read in the first pass too: their range and their non-finite elements must be known.
        var inputData = headersOnly && input.IsImages ? null : Buffered(await input.OpenDataAsync(cancellationToken));
        var labelData = labels is null ? null : Buffered(await labels.OpenDataAsync(cancellationToken));
        return new TensorRowReader(input, labels, inputData, labelData) { SplitOfPart = split };
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (Line == _input.Rows) return false;
        Line++;
        if (_inputData is not null)
        {
            await FillAsync(_inputData, _row, _input.Name, cancellationToken);
            if (_vector.Length > 0) _input.Element.ReadAll(_row, _vector);
        }
        if (_labelData is not null) await FillAsync(_labelData, _label, _labels!.Name, cancellationToken);
        return true;
    }

    public override ulong Hash() => XxHash3.HashToUInt64(_row, _labels is null ? 0 : BitConverter.DoubleToInt64Bits(_labels.Element.Read(_label)));

    public override async ValueTask DisposeAsync()
    {
        if (_inputData is not null) await _inputData.DisposeAsync();
        if (_labelData is not null) await _labelData.DisposeAsync();
    }

    private static BufferedStream Buffered(Stream stream) => new(stream, 1 << 16);

    private static async ValueTask FillAsync(Stream stream, byte[] row, string name, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(row, row.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < row.Length) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{name} is cut off: its header declares more rows than are there.");
    }
}
