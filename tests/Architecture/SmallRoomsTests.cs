namespace AIaaS.Architecture.Tests;

/// <summary>Files stay small and are named after one thing.</summary>
public sealed class SmallRoomsTests
{
    private const int MedianLimit = 80;
    private const int FileLimit = 400;

    [Fact]
    public void ProductFiles_Median_StaysSmall()
    {
        var lengths = ProductFiles().Select(Lines).Order().ToArray();
        lengths[lengths.Length / 2].ShouldBeLessThanOrEqualTo(MedianLimit);
    }

    [Fact]
    public void ProductFiles_All_StayBelowTheCap()
    {
        var large = ProductFiles()
            .Where(path => Lines(path) > FileLimit)
            .Select(path => $"{Repository.Relative(path)}: {Lines(path)} lines");
        large.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Utils")]
    [InlineData("Util")]
    [InlineData("Helpers")]
    [InlineData("Helper")]
    [InlineData("Common")]
    [InlineData("Manager")]
    [InlineData("Misc")]
    public void Names_FoldersAndFiles_SayWhatTheyHold(string empty)
    {
        var vague = Repository.Files("*.cs")
            .Where(path => Repository.Relative(path).Split('/')
                .Any(part => Path.GetFileNameWithoutExtension(part).EndsWith(empty, StringComparison.Ordinal)))
            .Select(Repository.Relative);
        vague.ShouldBeEmpty();
    }

    private static IEnumerable<string> ProductFiles() => Repository.Files("*.cs").Where(path => Repository.Room(path) != "tests");

    private static int Lines(string path) => File.ReadLines(path).Count();
}
