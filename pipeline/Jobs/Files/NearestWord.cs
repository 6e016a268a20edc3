namespace AIaaS.Pipeline.Jobs;

/// <summary>"Did you mean": the known word with the smallest edit distance (Levenshtein 1966), if it is small.</summary>
internal static class NearestWord
{
    private const int MaxLength = 64;

    /// <returns>Null when nothing is near.</returns>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > MaxLength) return null;
        var lower = word.ToLowerInvariant().Replace('-', '_');
        return known
            .Select(candidate => (candidate, distance: Distance(lower, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, pair.candidate.Length / 3) && pair.distance < pair.candidate.Length)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
