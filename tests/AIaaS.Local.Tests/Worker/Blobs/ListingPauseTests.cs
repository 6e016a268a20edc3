using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Worker.Blobs;

public sealed class ListingPauseTests
{
    private readonly ListingPause _pause = new(TimeSpan.FromMilliseconds(500));

    [Fact]
    public void Pause_FirstListingSlow_IsTheShortest() => After(3000).ShouldBe(500);

    [Fact]
    public void Pause_OneSlowListingAmongQuickOnes_IsTheShortest() => After(10, 3000, 10).ShouldBe(500);

    [Fact]
    public void Pause_LastListingSlow_IsTheShortest() => After(10, 10, 3000).ShouldBe(500);

    [Fact]
    public void Pause_ListingsSlow_IsNineTimesTheQuickerOfTwo() => After(10, 400, 300).ShouldBe(2700);

    [Fact]
    public void Pause_ListingsVerySlow_IsBounded() => After(60_000, 60_000).ShouldBe(ListingPause.Longest.TotalMilliseconds);

    [Fact]
    public void Pause_ListingsQuickAgain_IsTheShortest() => After(1000, 1000, 10, 10).ShouldBe(500);

    /// <returns>The pause after the last of listings that took so many milliseconds, in milliseconds.</returns>
    private double After(params int[] listings) => Array.ConvertAll(listings, took => _pause.After(TimeSpan.FromMilliseconds(took)).TotalMilliseconds)[^1];
}
