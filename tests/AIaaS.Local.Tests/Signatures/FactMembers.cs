using System.Text.RegularExpressions;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>Reads members as the listings write them, one or several to a line.</summary>
internal static partial class FactMembers
{
    private const string CancellationToken = "CancellationToken cancellationToken = default";

    public static IEnumerable<MemberSignature> Parse(string line, string typeName)
    {
        var text = Remark().Replace(line, "");
        MemberSignature? before = null;
        foreach (var part in SignatureText.SplitAtGaps(text))
            foreach (var member in ParseOne(part, typeName, before))
                yield return before = member;
    }

    public static IReadOnlyList<ParameterSignature> Parameters(string text) =>
        [.. SignatureText.SplitAt(text, ',').Select(part => Parameter(part == "CT" ? CancellationToken : part))];

    private static IEnumerable<MemberSignature> ParseOne(string part, string typeName, MemberSignature? before)
    {
        if (part.StartsWith("explicit ", StringComparison.Ordinal))
            return [];
        if (part.StartsWith('('))
            return before is { Kind: "method" } && part.EndsWith(')') ? [before with { Parameters = Parameters(part[1..^1]) }] : [];
        var (modifiers, rest) = Modifiers(part);
        if (rest.StartsWith("event ", StringComparison.Ordinal) && SignatureText.Words(rest) is [_, var handler, var eventName])
            return [new(modifiers, "event", handler, eventName)];
        if (rest.StartsWith("field ", StringComparison.Ordinal) && SignatureText.Words(rest[6..]) is [.. var fieldWords, var fieldType, var fieldName])
            return [new(string.Join(' ', [.. modifiers.Split(' '), .. fieldWords]).Trim(), "field", fieldType, fieldName)];
        if (rest.EndsWith('}') && rest.IndexOf('{', StringComparison.Ordinal) is > 0 and var brace)
            return Properties(modifiers, rest[..brace], rest[brace..]);
        if (rest.EndsWith(')') && OpeningBracket(rest) is > 0 and var open)
            return [Callable(modifiers, rest[..open], Parameters(rest[(open + 1)..^1]), typeName)];
        // "static A, B, C": the values of an extensible enum.
        return modifiers == "static" ? SignatureText.SplitAt(rest, ',').Select(name => new MemberSignature("static", "property", typeName, name, Accessors: "{ get; }")) : [];
    }

    private static MemberSignature Callable(string modifiers, string head, IReadOnlyList<ParameterSignature> parameters, string typeName) =>
        SignatureText.Words(head) switch
        {
            [var name] when name == Plain(typeName) => new(modifiers, "constructor", "", ".ctor", parameters),
            [.. var type, var name] => new(modifiers, "method", string.Join(' ', type), name, parameters),
            _ => throw new FormatException($"'{head}' is neither a constructor nor a method."),
        };

    // "string A, B { get; }" and "string A, byte[] B { get; }" alike.
    private static IEnumerable<MemberSignature> Properties(string modifiers, string head, string accessors)
    {
        var type = "";
        foreach (var words in SignatureText.SplitAt(head, ',').Select(SignatureText.Words))
        {
            if (words.Count > 1)
                type = words[^2];
            yield return new(modifiers, "property", type, words[^1], Accessors: Spaces().Replace(accessors, " "));
        }
    }

    private static ParameterSignature Parameter(string text)
    {
        var sides = SignatureText.SplitAt(text, '=');
        var words = SignatureText.Words(sides[0]);
        var modifier = words[0] is "this" or "params" or "out" or "ref" ? words[0] : "";
        var fallback = sides.Count > 1 ? sides[1].Split('.')[^1] : null;
        return new(modifier, words.Count > 1 ? words[^2] : words[0], words[^1], fallback == "null" ? "default" : fallback);
    }

    private static (string Modifiers, string Text) Modifiers(string text)
    {
        var words = SignatureText.Words(text);
        var count = words.TakeWhile(word => word is "protected" or "static" or "virtual" or "abstract").Count();
        return (string.Join(' ', words.Take(count)), string.Join(' ', words.Skip(count)));
    }

    private static int OpeningBracket(string text)
    {
        var depth = 0;
        for (var index = text.Length - 1; index >= 0; index--)
        {
            if (text[index] == ')')
                depth++;
            else if (text[index] == '(' && --depth == 0)
                return index;
        }
        return -1;
    }

    /// <summary>Without namespace and type parameters.</summary>
    public static string Plain(string typeName) => typeName.Split('<')[0].Split('.')[^1];

    [GeneratedRegex("""\s*\((default false|local only|"[^"]*")\)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Remark();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
