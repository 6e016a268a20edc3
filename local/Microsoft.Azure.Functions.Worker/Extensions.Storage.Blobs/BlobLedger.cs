namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// What this process knows of the versions in a container: done, running, or to be tried again later. One entry per
/// blob that is there, so its memory is bounded by the container's number of blobs. Thread-safe.
/// </summary>
internal sealed class BlobLedger
{
    private readonly Dictionary<BlobVersion, Entry> _entries = [];
    private readonly Lock _gate = new();
    private int _scan;

    public void AddDone(BlobVersion version)
    {
        lock (_gate) _entries[version] = new Entry { Done = true };
    }

    public void BeginScan()
    {
        lock (_gate) _scan++;
    }

    /// <summary>Notes that a scan saw the version.</summary>
    /// <returns>Whether it is time to run the function for it.</returns>
    public bool IsDue(BlobVersion version, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(version, out var entry)) _entries[version] = entry = new Entry();
            entry.Seen = _scan;
            return entry is { Done: false, Running: false } && entry.NotBefore <= now;
        }
    }

    /// <summary>Ends a scan that saw the whole container, and drops what it did not see.</summary>
    /// <returns>The versions dropped: overwritten or deleted, and never to be listed again.</returns>
    public IReadOnlyList<BlobVersion> EndScan()
    {
        lock (_gate)
        {
            // A running function may delete its own blob; its entry stays until it has ended.
            var gone = _entries.Where(pair => pair.Value.Seen != _scan && !pair.Value.Running).Select(pair => pair.Key).ToList();
            foreach (var version in gone) _entries.Remove(version);
            return gone;
        }
    }

    public void Started(BlobVersion version)
    {
        lock (_gate) _entries[version].Running = true;
    }

    /// <param name="version">The version whose run has ended.</param>
    /// <param name="retryAt">When to try again; null when the function is done with it.</param>
    public void Ended(BlobVersion version, DateTimeOffset? retryAt)
    {
        lock (_gate)
        {
            var entry = _entries[version];
            entry.Running = false;
            entry.Done = retryAt is null;
            entry.NotBefore = retryAt ?? default;
        }
    }

    private sealed class Entry
    {
        public int Seen { get; set; }

        public bool Done { get; set; }

        public bool Running { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }
}
