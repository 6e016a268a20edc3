namespace AIaaS.Pipeline.Registry;

/// <summary>One published version of a model.</summary>
/// <param name="Model">Name.</param>
/// <param name="Version">1, 2, 3, … in order of publication; a number is never used twice.</param>
/// <param name="Origin">The job that made it, or "import:{sha256}" for a registered ONNX file: publishing the same origin twice gives the same version.</param>
/// <param name="ManifestBlob">The signed manifest; lists "model.onnx" and "card.json".</param>
/// <param name="ModelSha256">Of the ONNX bytes.</param>
/// <param name="SizeBytes">Of the ONNX bytes.</param>
/// <param name="CreatedOn">When it was published.</param>
/// <param name="Metrics">Headline numbers of the card, for lists.</param>
/// <param name="NetworkBlob">Name in the manifest of the network for encrypted input; null where there is none.</param>
public sealed record ModelVersion(
    string Model,
    int Version,
    string Origin,
    string ManifestBlob,
    string ModelSha256,
    long SizeBytes,
    DateTimeOffset CreatedOn,
    IReadOnlyDictionary<string, double> Metrics,
    string? NetworkBlob = null);

/// <summary>A model with its versions and aliases. "latest" follows publication; "production" moves only by promotion.</summary>
public sealed record ModelRecord(
    string Name,
    IReadOnlyList<ModelVersion> Versions,
    IReadOnlyDictionary<string, int> Aliases);
