using System.Reflection;
using System.Text.RegularExpressions;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>Writes types as C# does, with full names, and compares them with what a listing says.</summary>
internal static partial class TypeNames
{
    private static readonly Dictionary<string, string> s_keywords = new(StringComparer.Ordinal)
    {
        ["System.Void"] = "void",
        ["System.Object"] = "object",
        ["System.String"] = "string",
        ["System.Boolean"] = "bool",
        ["System.Char"] = "char",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
        ["System.Decimal"] = "decimal",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        var name = type.IsNested ? $"{Of(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        if (!type.IsGenericType)
            return s_keywords.GetValueOrDefault(name, name);
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }

    public static string Parameters(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : "";

    /// <summary>Whether a listing means this type: its names may lack namespaces and may mark references as nullable.</summary>
    public static bool AreSame(string full, string listed)
    {
        var ours = Tokens(full);
        var theirs = Tokens(ReferenceMark().Replace(listed, "${reference}"));
        return ours.Count == theirs.Count && ours.Zip(theirs).All(pair => IsSameName(pair.First, pair.Second));
    }

    private static bool IsSameName(string full, string listed)
    {
        var name = s_keywords.GetValueOrDefault(listed, listed);
        return full.Equals(name, StringComparison.Ordinal) || full.EndsWith("." + name, StringComparison.Ordinal);
    }

    private static List<string> Tokens(string type) => [.. Token().Matches(type).Select(token => token.Value)];

    [GeneratedRegex(@"[\w.]+|[^\s\w.]", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    // "string?", "object?" and "IList<string>?": the editions are compared without regard to nullable references.
    [GeneratedRegex(@"(?<reference>\bstring|\bobject|>|\])\?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ReferenceMark();
}
