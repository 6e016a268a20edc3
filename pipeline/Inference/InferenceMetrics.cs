using System.Diagnostics.Metrics;

namespace AIaaS.Pipeline.Inference;

/// <summary>Meter "AIaaS.Inference". Costs nothing while nobody listens.</summary>
public sealed class InferenceMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;

    public InferenceMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create("AIaaS.Inference");
        _duration = _meter.CreateHistogram<double>("aiaas.inference.duration", "s", "Time from the request's bytes to the answer's, the model's run included.");
    }

    internal bool IsEnabled => _duration.Enabled;

    internal void Record(string model, TimeSpan duration) => _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("model", model));

    public void Dispose() => _meter.Dispose();
}
