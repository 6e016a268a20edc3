namespace AIaaS.Pipeline.Datasets.Formats;

/// <summary>The words by which people name the parts of a dataset, in file names, folders and columns.</summary>
internal static class SplitName
{
    /// <summary>The part that one whole word names.</summary>
    public static DatasetSplit? OfWord(ReadOnlySpan<char> word)
    {
        if (Is(word, "train") || Is(word, "training")) return DatasetSplit.Train;
        if (Is(word, "val") || Is(word, "valid") || Is(word, "validation") || Is(word, "dev")) return DatasetSplit.Validation;
        if (Is(word, "test") || Is(word, "testing") || Is(word, "t10k")) return DatasetSplit.Test;
        return null;
    }

    /// <summary>The part that a name such as train-images or x_test names.</summary>
    public static DatasetSplit? OfName(string name)
    {
        foreach (var range in name.AsSpan().SplitAny("-_. "))
        {
            if (OfWord(name.AsSpan(range)) is { } split) return split;
        }
        return null;
    }

    private static bool Is(ReadOnlySpan<char> word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
