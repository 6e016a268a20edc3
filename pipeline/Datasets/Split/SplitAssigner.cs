using AIaaS.Pipeline.Datasets.Formats;
using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Split;

/// <summary>Which part a row belongs to: by a column, by its file, by its folder, or by shares within its class.</summary>
internal sealed class SplitAssigner
{
    public const string BadColumn = "the split column says neither train, validation nor test";
    public const string NoPart = "the file belongs to no part of the split";

    private readonly SidecarSplit _split;
    private readonly bool _byColumn;
    private readonly bool _byFolder;
    private readonly StratifiedSplit? _shares;

    public SplitAssigner(DatasetSidecar sidecar, DatasetSource source)
    {
        _split = sidecar.Split;
        _byColumn = _split.Column is not null;
        _byFolder = !_byColumn && !_split.Stated && _split.Files.Count == 0 && source.Splits.Count > 1 && source.Splits.Contains(DatasetSplit.Train);
        if (_byColumn || _split.Files.Count > 0) return;
        var shares = _byFolder ? Lacking(source.Splits, _split.Shares) : _split.Shares;
        _shares = new StratifiedSplit(shares, _split.Seed);
        How = (_byFolder ? "by file or folder" + (shares.Train < 1 ? ", what they lack taken from train: " : "") : "stratified: ")
            + (_byFolder && shares.Train >= 1 ? "" : $"{shares.Train:P0} train, {shares.Validation:P0} validation, {shares.Test:P0} test, seed {_split.Seed}");
    }

    /// <summary>For the report.</summary>
    public string How { get; } = "as the sidecar says";

    /// <param name="file">The dropped file.</param>
    /// <param name="folder">The part that the file's own structure says.</param>
    /// <param name="column">Value of the split column; ignored without one.</param>
    /// <param name="stratum">Class of the row, or 0. Counted: to be called once for every accepted row.</param>
    /// <returns>The part, or the reason for which there is none.</returns>
    public (DatasetSplit Split, string? Fault) Assign(string file, DatasetSplit? folder, in Cell column, int stratum)
    {
        if (_byColumn) return SplitName.OfWord(column.Text) is { } named ? (named, null) : (default, BadColumn);
        if (_split.Files.Count > 0) return _split.Files.TryGetValue(file, out var part) ? (part, null) : (default, NoPart);
        if (_byFolder && folder is { } given && given != DatasetSplit.Train) return (given, null);
        return (_shares!.Next(stratum), null);
    }

    /// <summary>Train rows keep train's share and give the shares of the parts that are not there.</summary>
    private static SplitShares Lacking(IReadOnlySet<DatasetSplit> given, SplitShares shares)
    {
        var validation = given.Contains(DatasetSplit.Validation) ? 0 : shares.Validation;
        var test = given.Contains(DatasetSplit.Test) ? 0 : shares.Test;
        var whole = shares.Train + validation + test;
        return new SplitShares(1 - (validation + test) / whole, validation / whole, test / whole);
    }
}
