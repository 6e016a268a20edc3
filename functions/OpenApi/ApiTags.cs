namespace AIaaS.Functions.OpenApi;

/// <summary>The sections of the document, in the order of the main job.</summary>
public static class ApiTags
{
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        ("Datasets", "Drop files, see what became of them."),
        ("Jobs", "Train a model on a dataset."),
        ("Models", "Versions, aliases, cards."),
        ("Inference", "The Open Inference Protocol V2: answers at once, or later with Prefer: respond-async."),
        ("Evaluation keys", "What the service needs to compute on encrypted input; it cannot decrypt with them."),
        ("Operations", "Inference that is answered later."),
        ("Keys", "The keys that datasets and models are encrypted under."),
        ("Service", "Health, documentation, errors."),
    ];
}
