using System.Text;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Datasets.Sidecar;
using AIaaS.Pipeline.Jobs;
using AIaaS.Testing;

namespace AIaaS.Pipeline.Tests.Docs;

/// <summary>The files that the documents show are taken by their parsers.</summary>
public sealed class FileSnippetTests
{
    [Fact]
    public void YamlBlocks_AllDocuments_AreJobFilesOrSidecars()
    {
        var blocks = Documents.Snippets("yaml");

        blocks.ShouldNotBeEmpty();
        foreach (var block in blocks)
        {
            var bytes = Encoding.UTF8.GetBytes(block.Text);
            if (block.Text.StartsWith("dataset:", StringComparison.Ordinal)) JobFile.Parse(bytes).Dataset.ShouldNotBeNull();
            else SidecarParser.Parse(bytes, new DatasetLimits()).ShouldNotBeNull();
        }
    }
}
