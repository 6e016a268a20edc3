using System.Text;
using System.Text.Unicode;
using AIaaS.Pipeline.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AIaaS.Pipeline.Datasets.Sidecar;

/// <summary>YAML from strangers: depth bounded before a tree is built, no anchors and aliases, one document.</summary>
internal static class SidecarYaml
{
    private const int MaxDepth = 4;

    /// <exception cref="PipelineException">DatasetSidecarInvalid.</exception>
    public static YamlMappingNode Load(ReadOnlySpan<byte> yaml)
    {
        if (!Utf8.IsValid(yaml)) throw Invalid("is not UTF-8");
        var text = Encoding.UTF8.GetString(yaml).TrimStart('\uFEFF');
        try
        {
            CheckShape(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) return [];
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw Invalid("must be one mapping of keys to values");
        }
        catch (YamlException exception)
        {
            // YamlDotNet quotes what it read; the place is enough.
            throw Invalid($"line {exception.Start.Line}, column {exception.Start.Column}: this is not valid YAML", exception);
        }
    }

    private static void CheckShape(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth + 2) throw Invalid($"line {parser.Current.Start.Line}: is nested deeper than {MaxDepth} levels");
            if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false })
                throw Invalid($"line {parser.Current.Start.Line}: anchors and aliases are not read");
        }
    }

    private static PipelineException Invalid(string what, Exception? inner = null) =>
        new(ProblemCodes.DatasetSidecarInvalid, $"{DatasetSidecar.FileName} {what}.", innerException: inner);
}
