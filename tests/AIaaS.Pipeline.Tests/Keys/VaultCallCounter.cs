using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AIaaS.Pipeline.Keys;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>Counts one host's calls to its vault from the metric that operators see.</summary>
internal sealed class VaultCallCounter : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public VaultCallCounter(PipelineHost host)
    {
        var factory = host.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == VaultOperations.MeterName && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var (key, value) in tags)
            {
                if (key == "operation") _calls.AddOrUpdate((string)value!, count, (_, before) => before + count);
            }
        });
        _listener.Start();
    }

    public long this[string operation] => _calls.GetValueOrDefault(operation);

    public void Dispose() => _listener.Dispose();
}
