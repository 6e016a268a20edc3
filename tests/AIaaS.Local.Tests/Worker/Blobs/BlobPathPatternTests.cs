using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace AIaaS.Local.Tests.Worker.Blobs;

public sealed class BlobPathPatternTests
{
    [Theory]
    [InlineData("datasets/{name}", "a/b.csv", "name=a/b.csv")]
    [InlineData("datasets/{dataset}/{file}", "digits/train.csv", "dataset=digits file=train.csv")]
    [InlineData("datasets/{dataset}/{file}", "a/b/c", "dataset=a/b file=c")]
    [InlineData("jobs/{id}.yaml", "one.yaml", "id=one")]
    [InlineData("jobs/in/{id}.yaml", "out/one.yaml", null)]
    [InlineData("jobs/{id}.yaml", "one+yaml", null)]
    [InlineData("jobs/{id}", "line\nbreak", null)]
    [InlineData("jobs/fixed.txt", "fixed.txt", "")]
    public void Match_BlobName_GivesTheParts(string path, string blob, string? expected)
    {
        var parts = new BlobPathPattern(path).Match(blob);
        (parts is null ? null : string.Join(' ', parts.Select(part => $"{part.Key}={part.Value}"))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("datasets/in/{name}", "datasets", "in/")]
    [InlineData("datasets/{name}", "datasets", "")]
    [InlineData("datasets/one.csv", "datasets", "one.csv")]
    public void Pattern_Container_AndPrefix(string path, string container, string prefix)
    {
        var pattern = new BlobPathPattern(path);
        pattern.Container.ShouldBe(container);
        pattern.Prefix.ShouldBe(prefix);
    }

    [Theory]
    [InlineData("datasets")]
    [InlineData("datasets/")]
    [InlineData("/name")]
    [InlineData("Upper/{name}")]
    [InlineData("datasets/{na me}")]
    [InlineData("datasets/{name")]
    [InlineData("datasets/{a}/{a}")]
    public void Pattern_Malformed_IsAFault(string path) =>
        Should.Throw<FunctionsStartupException>(() => new BlobPathPattern(path)).Message.ShouldContain(path);
}
