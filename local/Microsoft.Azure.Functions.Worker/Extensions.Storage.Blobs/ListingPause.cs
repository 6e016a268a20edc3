namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// How long to wait between two listings of a container: so that at most a tenth of the time goes into listing, however
/// many blobs there are, but never longer than <see cref="Longest"/>, because a new blob waits as long.
/// </summary>
/// <param name="shortest">The pause where listing is quick.</param>
internal sealed class ListingPause(TimeSpan shortest)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const int PausePerListing = 9;

    // Nothing is known before the first listing, and that one tells little: it connects, and runs code for the first time.
    private TimeSpan _before = TimeSpan.Zero;

    /// <param name="listing">How long the listing took that has just ended.</param>
    /// <returns>The pause after it. A single slow listing, on a busy machine or with storage restarting, makes no long pause; two in a row do.</returns>
    public TimeSpan After(TimeSpan listing)
    {
        var pause = (listing < _before ? listing : _before) * PausePerListing;
        _before = listing;
        if (pause > Longest) pause = Longest;
        return pause > shortest ? pause : shortest;
    }
}
