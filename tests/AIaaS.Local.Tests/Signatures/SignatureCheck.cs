namespace AIaaS.Local.Tests.Signatures;

/// <summary>Finds what an edition has and the real package has not, or has with another signature.</summary>
internal static class SignatureCheck
{
    public static IReadOnlyList<string> Compare(IEnumerable<TypeSignature> edition, IReadOnlyDictionary<string, TypeSignature> facts, IReadOnlyList<AcceptedDifference> accepted) =>
        [.. edition.SelectMany(type => Compare(type, facts, accepted))];

    private static IEnumerable<string> Compare(TypeSignature type, IReadOnlyDictionary<string, TypeSignature> facts, IReadOnlyList<AcceptedDifference> accepted)
    {
        if (!facts.TryGetValue(type.Name, out var real))
        {
            if (!accepted.Any(difference => difference.Covers(type.Name)))
                yield return $"{type.Name}: the real package has no such type.";
            yield break;
        }
        if (type.Kind != real.Kind || type.Modifiers != real.Modifiers)
            yield return $"{type.Name} is a {type.Modifiers} {type.Kind}, the real one a {real.Modifiers} {real.Kind}.";
        if (!real.IsCondensed && type.AttributeUsage != real.AttributeUsage)
            yield return $"{type.Name}: AttributeUsage is '{type.AttributeUsage}', the real one's '{real.AttributeUsage}'.";
        foreach (var parent in type.Bases.Where(parent => !real.Bases.Any(listed => TypeNames.AreSame(parent, listed))))
            if (!accepted.Any(difference => difference.Covers(type.Name, parent)))
                yield return $"{type.Name} is a {parent}, the real one is not.";
        foreach (var member in type.Members.Where(member => !real.Members.Any(listed => AreSame(member, listed)) && !IsUnlistedOptionsConstructor(type, real, member)))
            if (!accepted.Any(difference => difference.Covers(type.Name, member.Name)))
                yield return $"{type.Name}: {member} is not in the real package, which has [{string.Join(" | ", real.Members.Where(listed => listed.Name == member.Name))}].";
    }

    private static bool AreSame(MemberSignature ours, MemberSignature listed) =>
        ours.Kind == listed.Kind
        && ours.Name == listed.Name
        && ours.Modifiers == listed.Modifiers
        && ours.Accessors == listed.Accessors
        && TypeNames.AreSame(ours.Type, listed.Type)
        && ours.Parameters?.Count == listed.Parameters?.Count
        && (ours.Parameters ?? []).Zip(listed.Parameters ?? []).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(ParameterSignature ours, ParameterSignature listed) =>
        ours.Modifier == listed.Modifier && ours.Name == listed.Name && ours.Default == listed.Default && TypeNames.AreSame(ours.Type, listed.Type);

    // The condensed listings leave out the parameterless constructors of plain options classes.
    private static bool IsUnlistedOptionsConstructor(TypeSignature type, TypeSignature real, MemberSignature member) =>
        real.IsCondensed
        && type.Name.EndsWith("Options", StringComparison.Ordinal)
        && member is { Kind: "constructor", Modifiers: "", Parameters: [] }
        && real.Members.All(listed => listed.Kind != "constructor");
}
