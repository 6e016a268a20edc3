namespace AIaaS.Local.Tests.Signatures;

/// <summary>A public type: as a listing names it, or as reflection finds it. Type names are full in reflection and may be short in a listing.</summary>
public sealed record TypeSignature(
    string Name,
    string Kind,
    string Modifiers,
    IReadOnlyList<string> Bases,
    IReadOnlyList<MemberSignature> Members,
    string? AttributeUsage,
    bool IsCondensed);

/// <param name="Modifiers">protected, static, abstract, virtual, const; in this order.</param>
/// <param name="Kind">constructor, method, property, event, field or value.</param>
/// <param name="Type">What it is or returns; the number of an enum's value.</param>
/// <param name="Name">With type parameters.</param>
/// <param name="Parameters">Null where there are none to have.</param>
/// <param name="Accessors">Of a property.</param>
public sealed record MemberSignature(
    string Modifiers,
    string Kind,
    string Type,
    string Name,
    IReadOnlyList<ParameterSignature>? Parameters = null,
    string? Accessors = null)
{
    public override string ToString() =>
        string.Join(' ', new[] { Modifiers, Kind, Type, Name + (Parameters is null ? "" : $"({string.Join(", ", Parameters)})"), Accessors }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <param name="Modifier">this, params, out, ref or nothing.</param>
/// <param name="Type">The type.</param>
/// <param name="Name">Matters: callers may use it.</param>
/// <param name="Default">Null if the parameter is not optional; "default" for null and default values.</param>
public sealed record ParameterSignature(string Modifier, string Type, string Name, string? Default)
{
    public override string ToString() => $"{Modifier} {Type} {Name}{(Default is null ? "" : " = " + Default)}".Trim();
}
