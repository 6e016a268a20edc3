namespace AIaaS.Pipeline.Datasets.Rows;

/// <summary>Texts that the sidecar declares to mean a missing value.</summary>
internal sealed class MissingTexts(IReadOnlyList<string> texts)
{
    public Cell Apply(in Cell cell)
    {
        if (texts.Count == 0) return cell;
        foreach (var text in texts)
        {
            if (!cell.Text.IsEmpty && cell.Text.SequenceEqual(text)) return Cell.Missing;
        }
        return cell;
    }
}
