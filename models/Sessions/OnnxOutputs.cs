using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Models.Sessions;

/// <summary>What a run gave, in memory of ONNX Runtime: read it as spans, then dispose.</summary>
/// <remarks>
/// <c>outputs[i].GetTensorDataAsSpan&lt;float&gt;()</c> for numbers, <c>GetTensorMutableRawData()</c> for the bytes of any
/// fixed-size type, <c>GetStringElementAsSpan(j)</c> for UTF-8 strings, <c>GetTensorTypeAndShape()</c> for the shape.
/// </remarks>
public sealed class OnnxOutputs : IDisposable
{
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;

    internal OnnxOutputs(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values)
    {
        Names = names;
        _values = values;
    }

    /// <summary>In the order asked for.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => _values.Count;

    public OrtValue this[int index] => _values[index];

    public OrtValue this[string name]
    {
        get
        {
            for (var i = 0; i < Names.Count; i++)
                if (Names[i] == name) return _values[i];
            throw new KeyNotFoundException($"The run gave no output '{name}'.");
        }
    }

    public void Dispose() => _values.Dispose();
}
