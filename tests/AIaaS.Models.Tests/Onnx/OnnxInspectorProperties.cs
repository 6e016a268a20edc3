using AIaaS.Models.Families;
using AIaaS.Models.Onnx;
using AIaaS.Models.Onnx.Export;
using AIaaS.Models.Preprocessing;
using FsCheck.Xunit;

namespace AIaaS.Models.Tests.Onnx;

/// <summary>Damaged models of every family: accepted or refused with a reason, never another exception.</summary>
public sealed class OnnxInspectorProperties
{
    private static readonly byte[][] Models =
    [
        Model(new InputLayout([new ImageInput("image", 8, 8, 3, [0.5f, 0.5f, 0.5f], [0.2f, 0.2f, 0.2f])]), "cnn"),
        Model(new InputLayout([new NumberInput("a", 1, 2), new CategoryInput("b", ["x", "y"]), new VectorInput("c", [0f, 1f], [1f, 1f])]), "mlp"),
    ];

    [Property(MaxTest = 2000)]
    public bool Inspect_FlippedBytes_IsJudged(int model, int[] positions, byte[] values)
    {
        var damaged = (byte[])Models[(model & int.MaxValue) % Models.Length].Clone();
        for (var i = 0; i < Math.Min(positions.Length, values.Length); i++) damaged[(positions[i] & int.MaxValue) % damaged.Length] = values[i];
        return IsJudged(damaged);
    }

    [Property(MaxTest = 1000)]
    public bool Inspect_CutAndSplicedParts_IsJudged(int model, int from, int length, int to)
    {
        var whole = Models[(model & int.MaxValue) % Models.Length];
        var start = (from & int.MaxValue) % whole.Length;
        var part = whole.AsSpan(start, Math.Min((length & int.MaxValue) % whole.Length, whole.Length - start));
        var at = (to & int.MaxValue) % whole.Length;
        return IsJudged([.. whole.AsSpan(0, at), .. part, .. whole.AsSpan(at)]);
    }

    [Property(MaxTest = 1000)]
    public bool Inspect_AnyBytes_IsJudged(byte[] bytes) => IsJudged(bytes);

    /// <summary>Every single byte, so that no position is left to chance.</summary>
    [Fact]
    public void Inspect_EachByteInverted_IsJudged()
    {
        foreach (var model in Models)
        {
            var damaged = (byte[])model.Clone();
            for (var i = 0; i < damaged.Length; i++)
            {
                damaged[i] ^= 0xff;
                IsJudged(damaged).ShouldBeTrue($"byte {i}");
                damaged[i] ^= 0xff;
            }
        }
    }

    private static bool IsJudged(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return OnnxInspector.Inspect(bytes).Nodes >= 0;
        }
        catch (ModelRefusedException refused)
        {
            return refused.Message.Length > 0;
        }
    }

    private static byte[] Model(InputLayout layout, string family)
    {
        var head = new ClassificationHead(["one", "two", "three"]);
        var plan = ModelFamily.Plan(family, layout.RowShape, head.Outputs, [4], [2, 2], 0);
        var weights = plan.Parameters.ToDictionary(parameter => parameter.Name, parameter => new float[parameter.Count], StringComparer.Ordinal);
        return GraphWriter.Write(new TrainedNetwork(layout, plan, weights, head, new Dictionary<string, string> { ["family"] = family }), fold: false);
    }
}
