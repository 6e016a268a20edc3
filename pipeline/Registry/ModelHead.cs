namespace AIaaS.Pipeline.Registry;

/// <summary>The one row of a model that every change of it writes, so that changes exclude each other.</summary>
/// <param name="LastVersion">The highest number ever given; never goes back, not even when the model is deleted.</param>
/// <param name="Aliases">What each alias names, and what it named before.</param>
/// <param name="Deleted">Its versions are gone; the row stays so that numbers are not used again.</param>
/// <param name="Erased">Key and blobs are gone too.</param>
internal sealed record ModelHead(int LastVersion, IReadOnlyDictionary<string, ModelAlias> Aliases, bool Deleted = false, bool Erased = false)
{
    public static readonly ModelHead None = new(0, new Dictionary<string, ModelAlias>(StringComparer.Ordinal));

    public ModelHead With(string alias, int version)
    {
        var aliases = new SortedDictionary<string, ModelAlias>(Aliases.ToDictionary(), StringComparer.Ordinal);
        var before = aliases.TryGetValue(alias, out var now) ? now.Version == version ? now.Previous : now.Version : null as int?;
        aliases[alias] = new ModelAlias(version, before);
        return this with { Aliases = aliases };
    }

    public ModelHead Without(string alias) => this with
    {
        Aliases = new SortedDictionary<string, ModelAlias>(Aliases.Where(pair => pair.Key != alias).ToDictionary(), StringComparer.Ordinal),
    };
}

/// <param name="Version">What the alias names.</param>
/// <param name="Previous">What it named before the last promotion: where a rollback goes.</param>
internal sealed record ModelAlias(int Version, int? Previous);
