using System.Text.RegularExpressions;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>
/// Reads a listing of a real package's public surface. There are two styles: one signature a line with full names, as
/// reflection gave them; and condensed, with a namespace line, short names and several members to a line.
/// </summary>
internal sealed partial class FactListing
{
    private readonly Dictionary<string, TypeSignature> _types = new(StringComparer.Ordinal);
    private string _namespace = "";
    private TypeSignature? _open;

    public static IReadOnlyDictionary<string, TypeSignature> Load(params string[] names)
    {
        var all = new Dictionary<string, TypeSignature>(StringComparer.Ordinal);
        foreach (var name in names)
            foreach (var (type, signature) in Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Signatures", "Facts", name + ".txt"))))
                all[type] = all.TryGetValue(type, out var same) ? same with { Members = [.. same.Members, .. signature.Members] } : signature;
        return all;
    }

    public static IReadOnlyDictionary<string, TypeSignature> Parse(string text)
    {
        var listing = new FactListing();
        var hasTwins = false;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            hasTwins |= line.StartsWith("# ", StringComparison.Ordinal) && line.Contains("Sync twin exists", StringComparison.Ordinal);
            if (line.Length > 0 && !line.StartsWith('#'))
                listing.Add(line);
        }
        listing.Close();
        if (hasTwins)
            foreach (var (name, type) in listing._types.ToList())
                listing._types[name] = type with { Members = [.. type.Members, .. type.Members.SelectMany(SyncTwin)] };
        return listing._types;
    }

    private void Add(string line)
    {
        if (line.StartsWith("namespace ", StringComparison.Ordinal))
            _namespace = line["namespace ".Length..].Trim();
        else if (EnumLine().IsMatch(line) && _namespace.Length > 0)
            AddEnums(line.Trim());
        else if (!line.StartsWith(' '))
            Open(line);
        else if (line.TrimStart().StartsWith("[AttributeUsage ", StringComparison.Ordinal))
            _open = _open! with { AttributeUsage = line.Trim()[1..^1]["AttributeUsage ".Length..] };
        else
            _open = _open! with { Members = [.. _open.Members, .. Members(line.Trim())] };
    }

    private IEnumerable<MemberSignature> Members(string line) =>
        _open!.Kind == "enum" && EnumValue().Match(line) is { Success: true } value
            ? [new MemberSignature("", "value", value.Groups["number"].Value, value.Groups["name"].Value)]
            : FactMembers.Parse(line, _open.Name);

    private void Open(string line)
    {
        Close();
        var parts = SignatureText.SplitAtGaps(line);
        var head = TypeHead().Match(parts[0]);
        if (!head.Success)
            throw new FormatException($"'{line}' is no type.");
        var name = Qualify(head.Groups["name"].Value);
        var constructor = head.Groups["parameters"] is { Success: true, Value: var parameters }
            ? [new MemberSignature("", "constructor", "", ".ctor", FactMembers.Parameters(parameters))]
            : Array.Empty<MemberSignature>();
        _open = new TypeSignature(
            name,
            head.Groups["kind"].Value,
            head.Groups["modifiers"].Value.Trim(),
            SignatureText.SplitAt(head.Groups["bases"].Value, ','),
            [.. constructor, .. FactMembers.Parse(string.Join("  ", parts.Skip(1)), name)],
            AttributeUsage: null,
            IsCondensed: _namespace.Length > 0);
    }

    // "enum A X Y;  enum B Z": without numbers, the values count from 0.
    private void AddEnums(string line)
    {
        foreach (var words in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => EnumWord().Matches(part)))
        {
            var name = words[1].Groups["name"].Value;
            var values = words.Skip(2).Select((word, index) => new MemberSignature(
                "", "value", word.Groups["number"] is { Success: true, Value: var number } ? number : index.ToString(), word.Groups["name"].Value));
            _types[Qualify(name)] = new TypeSignature(Qualify(name), "enum", "", [], [.. values], AttributeUsage: null, IsCondensed: true);
        }
    }

    private void Close()
    {
        if (_open is not null)
            _types[_open.Name] = _open;
        _open = null;
    }

    private string Qualify(string name) => _namespace.Length > 0 ? $"{_namespace}.{name}" : name;

    private static IEnumerable<MemberSignature> SyncTwin(MemberSignature member)
    {
        if (member.Kind != "method" || !member.Name.EndsWith("Async", StringComparison.Ordinal))
            yield break;
        if (TaskOf().Match(member.Type) is { Success: true } task)
            yield return member with { Name = member.Name[..^"Async".Length], Type = task.Groups["result"].Value };
        else if (member.Type.StartsWith("AsyncPageable<", StringComparison.Ordinal))
            yield return member with { Name = member.Name[..^"Async".Length], Type = member.Type["Async".Length..] };
    }

    [GeneratedRegex(@"^(?<modifiers>((sealed|static|abstract) )*)(?<kind>class|struct|interface|enum|delegate) (?<name>[\w.]+(<[\w, ]+>)?)(\((?<parameters>.*)\))?( : (?<bases>.+))?( \(.*\))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"^\s*enum \w", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EnumLine();

    [GeneratedRegex(@"^(?<name>\w+) = (?<number>-?\d+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EnumValue();

    [GeneratedRegex(@"(?<name>\w+)(\s*=\s*(?<number>-?\d+))?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EnumWord();

    [GeneratedRegex(@"^Task<(?<result>.+)>$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TaskOf();
}
