using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Pipeline.Tests.Inference;

/// <summary>A model in memory, asked with the bytes of requests.</summary>
internal sealed class EchoModel : IDisposable
{
    private static readonly InferenceEngine Engine = new(
        new InferenceMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), TimeProvider.System);

    private readonly LoadedModel _model;

    public EchoModel(params (int Type, long[] Shape)[] tensors)
        : this(EchoOnnx.Of(tensors))
    {
    }

    private EchoModel(byte[] onnx)
    {
        var version = new ModelVersion("echo", 3, "job", "manifest", "sha", onnx.Length, DateTimeOffset.UnixEpoch, new Dictionary<string, double>(StringComparer.Ordinal));
        _model = new LoadedModel(version, OnnxModel.Load(onnx), cost: 0, now: 0);
    }

    public LoadedModel Loaded => _model;

    public EchoAnswer Ask(string json) => Ask(Encoding.UTF8.GetBytes(json), jsonLength: null);

    /// <summary>JSON with binary tensors behind it.</summary>
    public EchoAnswer Ask(string json, params byte[][] tensors)
    {
        var text = Encoding.UTF8.GetBytes(json);
        return Ask([.. text, .. tensors.SelectMany(tensor => tensor)], text.Length);
    }

    public EchoAnswer Ask(byte[] body, int? jsonLength)
    {
        using var request = RequestBody.Copy(body, jsonLength);
        using var response = Engine.Infer(_model, request);
        var bytes = response.Body.ToArray();
        var length = response.JsonLength ?? bytes.Length;
        return new EchoAnswer(JsonDocument.Parse(bytes.AsMemory(0, length)).RootElement.Clone(), bytes[length..], response.JsonLength);
    }

    public void Dispose() => _model.Leave();
}

internal sealed record EchoAnswer(JsonElement Json, byte[] Binary, int? JsonLength)
{
    public JsonElement Output(int index) => Json.GetProperty("outputs")[index];

    public string Data(int index = 0) => Output(index).GetProperty("data").GetRawText();
}
