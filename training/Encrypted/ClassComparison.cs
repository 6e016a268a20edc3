using AIaaS.Pipeline.Registry;

namespace AIaaS.Training.Encrypted;

/// <summary>Compares classes that two networks give.</summary>
internal static class ClassComparison
{
    /// <param name="polynomial">Probabilities of the model, one array a row.</param>
    /// <param name="exact">Of the network with ReLU; null where none was trained.</param>
    /// <param name="labels">Class indices.</param>
    public static ReadinessAccuracy Of(IReadOnlyList<float[]> polynomial, IReadOnlyList<float[]>? exact, IEnumerable<double> labels)
    {
        var truths = labels.Select(label => (int)label).ToArray();
        var ours = Classes(polynomial);
        var theirs = exact is null ? null : Classes(exact);
        return new ReadinessAccuracy(truths.Length, Share(ours, truths), theirs is null ? null : Share(theirs, truths), theirs is null ? null : Share(ours, theirs));
    }

    private static int[] Classes(IReadOnlyList<float[]> probabilities) => [.. probabilities.Select(row => Array.IndexOf(row, row.Max()))];

    private static double Share(int[] one, int[] other) => one.Zip(other).Count(pair => pair.First == pair.Second) / (double)one.Length;
}
