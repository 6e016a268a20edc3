using AIaaS.Pipeline.Datasets.Formats.Zip;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Images;

/// <summary>How the folders of an archive are to be read.</summary>
/// <param name="Skip">Outer folders that all entries share.</param>
/// <param name="HasSplit">Whether the first folder after those names the part.</param>
internal sealed record ImageFolder(int Skip, bool HasSplit)
{
    /// <summary>What archiving programs add on their own.</summary>
    public static bool IsNoise(string name) =>
        name.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(name) is ".DS_Store" or "Thumbs.db" or "desktop.ini";

    /// <exception cref="PipelineException">DatasetEmpty, DatasetMalformed.</exception>
    public static ImageFolder Understand(IReadOnlyList<ZipEntry> entries, string archive)
    {
        var first = entries.FirstOrDefault(entry => !IsNoise(entry.Name))?.Name.Split('/')
            ?? throw new PipelineException(ProblemCodes.DatasetEmpty, $"{archive} holds no files.");
        var skip = 0;
        while (skip < first.Length - 2 && SplitName.OfWord(first[skip]) is null
            && entries.Where(entry => !IsNoise(entry.Name)).All(entry => entry.Name.Split('/') is var path && path.Length > skip + 2 && path[skip] == first[skip]))
        {
            skip++;
        }
        var folder = new ImageFolder(skip, first.Length > skip + 2 && SplitName.OfWord(first[skip]) is not null);
        if (!entries.Any(entry => folder.Read(entry.Name) is not null))
        {
            throw new PipelineException(ProblemCodes.DatasetMalformed,
                $"{archive} has no folder per class; images must lie as class/file, or train/class/file and test/class/file.");
        }
        return folder;
    }

    /// <returns>Class and part of an entry; null when it lies elsewhere.</returns>
    public (string Class, DatasetSplit? Split)? Read(string name)
    {
        var path = name.Split('/');
        if (path.Length != Skip + (HasSplit ? 3 : 2)) return null;
        if (!HasSplit) return (path[Skip], null);
        return SplitName.OfWord(path[Skip]) is { } split ? (path[Skip + 1], split) : null;
    }
}
