using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AIaaS.Pipeline.Datasets.Formats.Tensors;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Numpy;

/// <summary>The header of an NPY file (numpy.lib.format, versions 1.0 to 3.0): magic, version, length, and a Python dict literal.</summary>
/// <param name="Length">Bytes before the data.</param>
/// <param name="Element">Of the array.</param>
/// <param name="Shape">Of the array.</param>
internal sealed partial record NpyHeader(int Length, ElementType Element, IReadOnlyList<long> Shape)
{
    private const int MaxDict = 4096;
    private const int MaxRank = 8;

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static bool IsMagic(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <summary>Reads the header from the beginning of <paramref name="stream"/> and leaves it at the data.</summary>
    /// <exception cref="PipelineException">DatasetMalformed; object arrays and other types that are not numbers among it.</exception>
    public static async Task<NpyHeader> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var head = await StreamHead.ReadAsync(stream, 10, cancellationToken);
        if (head.Length < 10 || !IsMagic(head)) throw Malformed(name, "is no NPY array");
        var version = head[6];
        if (version is < 1 or > 3) throw Malformed(name, $"has NPY version {version}; 1 to 3 are read");
        var prefix = 10;
        long length = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8));
        if (version > 1)
        {
            var more = await StreamHead.ReadAsync(stream, 2, cancellationToken);
            if (more.Length < 2) throw Malformed(name, "is cut off within its header");
            length |= (long)BinaryPrimitives.ReadUInt16LittleEndian(more) << 16;
            prefix = 12;
        }
        if (length > MaxDict) throw Malformed(name, $"declares a header of {length} bytes; no array of numbers needs more than {MaxDict}");
        var dict = await StreamHead.ReadAsync(stream, (int)length, cancellationToken);
        if (dict.Length < length) throw Malformed(name, "is cut off within its header");
        return Parse(Encoding.UTF8.GetString(dict), name) with { Length = prefix + (int)length };
    }

    private static NpyHeader Parse(string dict, string name)
    {
        var match = Dict().Match(dict);
        if (!match.Success)
        {
            throw Malformed(name, dict.Contains("'descr': [", StringComparison.Ordinal)
                ? "holds records; write one array per column, or Parquet"
                : "has a header that is not {'descr': …, 'fortran_order': …, 'shape': …}");
        }
        var shape = new List<long>();
        foreach (var dim in match.Groups["dims"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(dim, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) throw Malformed(name, "has a dimension that is no number in range");
            shape.Add(length);
        }
        if (shape.Count > MaxRank) throw Malformed(name, $"has more than {MaxRank} dimensions");
        if (match.Groups["order"].Value == "True" && shape.Count > 1) throw Malformed(name, "is in Fortran order; save numpy.ascontiguousarray(a)");
        return new NpyHeader(0, ToElement(match.Groups["descr"].Value, name), shape);
    }

    private static ElementType ToElement(string descr, string name)
    {
        if (descr is "|O" or "O" || descr.StartsWith("|O", StringComparison.Ordinal))
            throw Malformed(name, "holds Python objects (a pickle), which are never read; save an array of numbers");
        var match = Descr().Match(descr);
        if (!match.Success) throw Malformed(name, "holds elements that are no numbers; integers, floats and bool are read");
        var big = match.Groups["order"].Value == ">";
        var size = match.Groups["size"].ValueSpan[0] - '0';
        return match.Groups["kind"].ValueSpan[0] switch
        {
            'f' when size is 2 or 4 or 8 => new(ElementKind.Float, size, big),
            'i' when size is 1 or 2 or 4 or 8 => new(ElementKind.Signed, size, big),
            'u' when size is 1 or 2 or 4 or 8 => new(ElementKind.Unsigned, size, big),
            'b' when size is 1 => new(ElementKind.Unsigned, 1, big),
            _ => throw Malformed(name, "holds elements of a size that is not read"),
        };
    }

    private static PipelineException Malformed(string name, string what) => new(ProblemCodes.DatasetMalformed, $"{name} {what}.");

    [GeneratedRegex(@"^\s*\{\s*'descr'\s*:\s*'(?<descr>[^']{1,16})'\s*,\s*'fortran_order'\s*:\s*(?<order>True|False)\s*,\s*'shape'\s*:\s*\((?<dims>[0-9, ]*)\)\s*,?\s*\}\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dict();

    [GeneratedRegex("^(?<order>[<>|=])(?<kind>[fiub])(?<size>[1248])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Descr();
}
