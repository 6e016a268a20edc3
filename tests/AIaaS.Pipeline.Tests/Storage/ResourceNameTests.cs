using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Storage;

namespace AIaaS.Pipeline.Tests.Storage;

public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("digits-2026")]
    [InlineData("a--b")]
    public void Check_GoodName_GivesItBack(string name) => ResourceName.Check(name, "dataset").ShouldBe(name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("٣")]
    public void Check_BadName_IsInvalidName(string? name) =>
        Should.Throw<PipelineException>(() => ResourceName.Check(name, "dataset")).Code.ShouldBe(ProblemCodes.InvalidName);

    [Fact]
    public void Check_LongestName_FitsAKeyVaultKeyName()
    {
        var name = new string('a', 60);
        VaultScope.Dataset(name).KeyName.Length.ShouldBeLessThanOrEqualTo(127);
        ResourceName.IsValid(name + "a").ShouldBeFalse();
    }

    [Theory]
    [InlineData("dataset-digits", true)]
    [InlineData("model-a-b", true)]
    [InlineData("dataset-", false)]
    [InlineData("other-digits", false)]
    [InlineData("dataset", false)]
    [InlineData(null, false)]
    public void TryParseKeyName_IsTheInverseOfKeyName(string? keyName, bool known)
    {
        VaultScope.TryParseKeyName(keyName, out var scope).ShouldBe(known);
        if (known) scope!.KeyName.ShouldBe(keyName);
    }
}
