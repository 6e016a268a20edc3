using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Keys;

/// <summary>Paths in the vault container: what may be written and read under a scope.</summary>
internal static class VaultPath
{
    public const string ManifestName = "manifest.json";

    private const int MaxLength = 512;

    /// <summary>Where the manifest of an id lies: "datasets/digits/" + "v/0123456789abcdef" + "/manifest.json".</summary>
    public static string OfManifest(VaultScope scope, string id) => $"{scope.Prefix}{id}/{ManifestName}";

    /// <summary>The inverse of <see cref="OfManifest"/>; null when the path is no manifest of the scope.</summary>
    public static string? IdOfManifest(VaultScope scope, string path) =>
        IsUnder(scope, path) && path.EndsWith("/" + ManifestName, StringComparison.Ordinal) && path.Length > scope.Prefix.Length + ManifestName.Length + 1
            ? path[scope.Prefix.Length..^(ManifestName.Length + 1)]
            : null;

    /// <summary>Segments of a-z, A-Z, 0-9, '-', '_' and '.', none of them "." or "..", below the scope's prefix.</summary>
    public static bool IsUnder(VaultScope scope, string? path)
    {
        if (path is null || path.Length > MaxLength || !path.StartsWith(scope.Prefix, StringComparison.Ordinal)) return false;
        foreach (var segment in path.AsSpan().Split('/'))
        {
            var name = path.AsSpan()[segment];
            if (name.IsEmpty || name is "." or "..") return false;
            foreach (var c in name)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
            }
        }
        return true;
    }

    /// <exception cref="PipelineException">InvalidRequest.</exception>
    public static string Check(VaultScope scope, string path)
    {
        if (!IsUnder(scope, path) || path == ContentKeyRecords.PathOf(scope) || path == KeyStates.PathOf(scope))
            throw new PipelineException(ProblemCodes.InvalidRequest,
                $"A blob of '{scope}' must lie under '{scope.Prefix}' and its path be made of letters, digits, '-', '_', '.' and '/', at most {MaxLength} characters.");
        return path;
    }
}
