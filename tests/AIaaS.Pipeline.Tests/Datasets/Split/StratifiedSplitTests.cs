using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Datasets.Split;

public sealed class StratifiedSplitTests
{
    [Fact]
    public void Next_WholeBlocks_GivesTheExactSharesInEveryClass()
    {
        var split = new StratifiedSplit(new SplitShares(0.7, 0.15, 0.15), 7);
        split.BlockSize.ShouldBe(20);
        for (var stratum = 0; stratum < 5; stratum++)
        {
            var parts = Enumerable.Range(0, 200).Select(_ => split.Next(stratum)).ToList();
            parts.Chunk(20).ShouldAllBe(block => block.Count(part => part == DatasetSplit.Train) == 14 && block.Count(part => part == DatasetSplit.Test) == 3);
        }
    }

    [Property(MaxTest = 50)]
    public void Next_ClassesMixedInAnyOrder_DependsOnlyOnTheClassAndItsCount(int seed, byte[] strata)
    {
        var mixed = new StratifiedSplit(SplitShares.Default, seed);
        var parts = strata.Select(stratum => (stratum, Part: mixed.Next(stratum))).ToList();
        foreach (var group in parts.GroupBy(part => part.stratum))
        {
            var alone = new StratifiedSplit(SplitShares.Default, seed);
            group.Select(part => part.Part).ShouldBe(group.Select(_ => alone.Next(group.Key)));
        }
    }

    [Fact]
    public void Next_AnotherSeed_GivesAnotherSplit()
    {
        var (one, two) = (new StratifiedSplit(SplitShares.Default, 1), new StratifiedSplit(SplitShares.Default, 2));
        Enumerable.Range(0, 100).Select(_ => one.Next(0)).ShouldNotBe(Enumerable.Range(0, 100).Select(_ => two.Next(0)));
    }

    [Fact]
    public void Next_KnownSeed_NeverChanges()
    {
        var split = new StratifiedSplit(SplitShares.Default, 42);
        string.Concat(Enumerable.Range(0, 20).Select(_ => (int)split.Next(0))).ShouldBe("00200000100000102000");
    }

    [Theory]
    [InlineData(0.5, 0.2, 0.2)]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(double.NaN, 0.5, 0.5)]
    [InlineData(1.2, -0.1, -0.1)]
    public void Constructor_SharesThatAreNone_AreRefused(double train, double validation, double test) =>
        Should.Throw<PipelineException>(() => new StratifiedSplit(new SplitShares(train, validation, test), 1)).Code.ShouldBe(ProblemCodes.InvalidRequest);
}
