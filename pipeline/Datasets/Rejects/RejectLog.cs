using System.Buffers;
using System.Text.Json;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Rejects;

/// <summary>Rejected rows: counted by reason, the first of them listed with file and line. Never holds a value of the data.</summary>
internal sealed class RejectLog(DatasetLimits limits, double threshold)
{
    private const int MaxReasons = 1_000;
    private const int ReasonsInError = 5;
    private const string OtherReason = "other reasons";

    private readonly Dictionary<string, (long Rows, string FirstAt)> _reasons = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<ProblemItem> _first = [];
    private int _listed;

    public long Rows { get; private set; }

    public void Add(string place, long line, string reason)
    {
        Rows++;
        if (_first.Count < ReasonsInError) _first.Add(new ProblemItem($"{place}:{line}", reason));
        var key = _reasons.ContainsKey(reason) || _reasons.Count < MaxReasons ? reason : OtherReason;
        _reasons[key] = _reasons.TryGetValue(key, out var known) ? (known.Rows + 1, known.FirstAt) : (1, $"{place}:{line}");
        if (_listed++ < limits.MaxRejectsListed) List(place, line, reason);
    }

    /// <exception cref="PipelineException">DatasetRejected: more of all rows than the threshold.</exception>
    public void Check(long allRows)
    {
        if (Rows == 0 || Rows <= threshold * allRows) return;
        var reasons = string.Join("; ", Report().Reasons.Take(ReasonsInError).Select(reason => $"{reason.Reason} ({reason.Rows}, first at {reason.FirstAt})"));
        throw new PipelineException(ProblemCodes.DatasetRejected,
            $"{Rows} of {allRows} rows were rejected, more than {threshold:P1}: {reasons}. Mend the data, or raise reject_threshold in {DatasetSidecar.FileName}.", _first);
    }

    public RejectReport Report() => new(Rows, threshold,
        [.. _reasons.Select(reason => new RejectReason(reason.Key, reason.Value.Rows, reason.Value.FirstAt))
            .OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.Reason, StringComparer.Ordinal)]);

    /// <summary>JSON Lines of file, line and reason.</summary>
    public ReadOnlyMemory<byte> ToJsonLines() => _lines.WrittenMemory;

    private void List(string place, long line, string reason)
    {
        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WriteString("file"u8, place);
            json.WriteNumber("line"u8, line);
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
        }
        _lines.Write("\n"u8);
    }
}
