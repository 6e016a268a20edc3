using System.Globalization;

namespace AIaaS.EndToEnd.MainJob;

/// <summary>A small dataset to train on.</summary>
public static class Points
{
    /// <summary>400 points left and right of a line, from a seed; the label is the column 'side'.</summary>
    /// <returns>Path of the CSV file.</returns>
    public static string Write(DirectoryInfo folder)
    {
        var random = new Random(7);
        var path = Path.Combine(folder.FullName, "points.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 400)
            .Select(index => (Right: index % 2 == 0, X: 1 + random.NextDouble() * 3, Y: random.NextDouble()))
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{(point.Right ? point.X : -point.X):0.0000},{point.Y:0.0000},{(point.Right ? "right" : "left")}"))
            .Prepend("x,y,side"));
        return path;
    }
}
