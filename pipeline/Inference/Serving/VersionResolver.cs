using System.Collections.Concurrent;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;
using AIaaS.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>Which version a name and alias mean, without asking the registry for every request.</summary>
/// <remarks>
/// An answer is fresh for a second. After that it is still given while one background call asks again, and the version that call finds
/// is in memory before any request is sent to it: a promotion costs no request anything. Names that do not exist are remembered as well,
/// all answers together at most <see cref="MaxEntries"/>.
/// </remarks>
public sealed partial class VersionResolver(ModelRegistry registry, ModelCache cache, TimeProvider clock, ILogger<VersionResolver> logger)
{
    /// <summary>An answer is used this long without asking again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>An answer older than this is not given any more; the request waits for a new one.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    /// <summary>How long the last answer stands while the registry cannot be reached, or the new version cannot be loaded.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int MaxEntries = 4096;

    private readonly ConcurrentDictionary<Asked, Entry> _entries = new();

    /// <param name="model">Name of the model.</param>
    /// <param name="version">Number or alias; null for "production" where it is set, else "latest".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PipelineException">InvalidName, ModelNotFound, ModelVersionNotFound, StorageUnavailable.</exception>
    public ValueTask<ModelVersion> ResolveAsync(string model, string? version, CancellationToken cancellationToken)
    {
        var asked = new Asked(model, version);
        if (!_entries.TryGetValue(asked, out var entry)) return new ValueTask<ModelVersion>(AddAsync(asked, cancellationToken));

        var age = clock.GetElapsedTime(entry.AskedAt);
        if (age < Fresh) return entry.Version is { } known ? new ValueTask<ModelVersion>(known) : ValueTask.FromException<ModelVersion>(entry.Missing());
        if (entry.Version is null || age >= Stale) return new ValueTask<ModelVersion>(RefreshAsync(asked, entry).WaitAsync(cancellationToken));

        // Nobody waits for this one: its faults are logged inside, and the next request sees what it found.
        _ = RefreshAsync(asked, entry);
        return new ValueTask<ModelVersion>(entry.Version);
    }

    /// <summary>Lets the next request begin a refresh: what is known is still given until the new version is in memory.</summary>
    public void Expire(string model)
    {
        var aged = clock.GetTimestamp() - (long)(Fresh.TotalSeconds * clock.TimestampFrequency);
        foreach (var (asked, entry) in _entries)
        {
            if (asked.Model == model) entry.Keep(aged);
        }
    }

    /// <summary>Forgets what is known of a model.</summary>
    public void Forget(string model)
    {
        foreach (var asked in _entries.Keys.Where(asked => asked.Model == model)) _entries.TryRemove(asked, out _);
    }

    private async Task<ModelVersion> AddAsync(Asked asked, CancellationToken cancellationToken)
    {
        ResourceName.Check(asked.Model, "model");
        if (_entries.Count >= MaxEntries) _entries.Clear();
        var entry = _entries.GetOrAdd(asked, static _ => new Entry());
        return await RefreshAsync(asked, entry).WaitAsync(cancellationToken);
    }

    private Task<ModelVersion> RefreshAsync(Asked asked, Entry entry)
    {
        lock (entry)
        {
            if (entry.Refresh is { IsCompleted: false } running) return running;
            return entry.Refresh = Task.Run(() => AskAsync(asked, entry));
        }
    }

    private async Task<ModelVersion> AskAsync(Asked asked, Entry entry)
    {
        var now = clock.GetTimestamp();
        var current = entry.Version;
        try
        {
            var found = await registry.ResolveAsync(asked.Model, asked.Version, CancellationToken.None);
            if (current is not null && current != found) await PreloadAsync(found);
            if (entry.KeptFor is not null) LogResumed(asked.Model, found.Version);
            entry.KeptFor = null;
            entry.Set(found, now);
            return found;
        }
        catch (PipelineException exception) when (exception.Code == ProblemCodes.ModelNotFound || exception.Code == ProblemCodes.ModelVersionNotFound)
        {
            entry.Set(exception, now);
            throw;
        }
        catch (Exception exception) when (current is not null && clock.GetElapsedTime(entry.GoodAt) < Grace)
        {
            // Once for each reason: the question is asked again every second.
            var reason = (exception as PipelineException)?.Code.Code ?? exception.GetType().Name;
            if (entry.KeptFor != reason) LogKept(exception, asked.Model, current.Version);
            entry.KeptFor = reason;
            entry.Keep(now);
            return current;
        }
        catch (Exception exception)
        {
            // Not remembered: the next request asks again.
            _entries.TryRemove(KeyValuePair.Create(asked, entry));
            throw exception.ToProblem();
        }
    }

    private async Task PreloadAsync(ModelVersion version)
    {
        using var lease = await cache.AcquireAsync(version, CancellationToken.None);
    }

    [LoggerMessage(1, LogLevel.Warning, "Model {Model} goes on with version {Version}: the registry or the version it names cannot be had now.")]
    private partial void LogKept(Exception exception, string model, int version);

    [LoggerMessage(2, LogLevel.Information, "Model {Model} follows the registry again, with version {Version}.")]
    private partial void LogResumed(string model, int version);

    private readonly record struct Asked(string Model, string? Version);

    private sealed class Entry
    {
        private long _askedAt;
        private volatile ModelVersion? _version;
        private volatile PipelineException? _missing;

        public Task<ModelVersion>? Refresh { get; set; }

        /// <summary>Why the last answer stands in for a new one; null while it does not. One refresh at a time touches it.</summary>
        public string? KeptFor { get; set; }

        public ModelVersion? Version => _version;

        public long AskedAt => Volatile.Read(ref _askedAt);

        public long GoodAt { get; private set; }

        // An exception object belongs to one throw.
        public PipelineException Missing() => _missing is { } known
            ? new PipelineException(known.Code, known.Message, known.Items, known)
            : throw new InvalidOperationException("An entry without a version has the reason why.");

        public void Set(ModelVersion version, long now)
        {
            _version = version;
            _missing = null;
            GoodAt = now;
            Volatile.Write(ref _askedAt, now);
        }

        public void Set(PipelineException missing, long now)
        {
            _missing = missing;
            _version = null;
            Volatile.Write(ref _askedAt, now);
        }

        public void Keep(long now) => Volatile.Write(ref _askedAt, now);
    }
}
