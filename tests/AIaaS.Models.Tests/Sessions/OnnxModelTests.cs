using System.Runtime.InteropServices;
using AIaaS.Models.Onnx;
using AIaaS.Models.Sessions;
using AIaaS.Models.Tests.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Models.Tests.Sessions;

public sealed class OnnxModelTests
{
    private static readonly byte[] Tiny = TinyOnnx.AddRelu().ToByteArray();

    [Fact]
    public void Load_TinyModel_DescribesItsTensors()
    {
        using var model = OnnxModel.Load(Tiny);

        var input = model.Inputs.ShouldHaveSingleItem();
        input.Name.ShouldBe("x");
        input.Type.ShouldBe(TensorElementType.Float);
        input.Shape.ShouldBe([-1L, 3L]);
        model.OutputNames.ShouldBe(["y"]);
    }

    [Fact]
    public void Run_CallersMemory_GivesTheGraphsResult()
    {
        using var model = OnnxModel.Load(Tiny);

        Run(model, [1f, 1f, 1f, -5f, 5f, 0f]).ShouldBe([2f, 0f, 4f, 0f, 3f, 3f]);
    }

    [Fact]
    public async Task Run_ManyThreadsWhileDisposed_EachIsRightOrSaysDisposed()
    {
        var model = OnnxModel.Load(Tiny);
        var done = new int[4];
        var runs = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                try
                {
                    Run(model, [i, i, i]).ShouldBe([i + 1f, Math.Max(i - 2f, 0f), i + 3f]);
                    Volatile.Write(ref done[thread], i + 1);
                }
                catch (ObjectDisposedException)
                {
                    return;
                }
            }
        })).ToArray();
        SpinWait.SpinUntil(() => done.All(count => count > 10), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        model.Dispose();
        await Task.WhenAll(runs);

        Should.Throw<ObjectDisposedException>(() => Run(model, [1f, 2f, 3f]));
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(13, 26)]
    public void Load_EdgesOfTheInspectorsVersions_Runs(long ir, long opset)
    {
        OnnxLimits.Default.ShouldSatisfyAllConditions(
            limits => (ir == limits.MinimumIrVersion || ir == limits.MaximumIrVersion).ShouldBeTrue(),
            limits => (opset == limits.MinimumOpset || opset == limits.MaximumOpset).ShouldBeTrue());
        var file = TinyOnnx.AddRelu();
        file.IrVersion = ir;
        file.OpsetImport[0].Version = opset;
        using var model = OnnxModel.Load(file.ToByteArray());
        Run(model, [1f, 1f, 1f]).ShouldBe([2f, 0f, 4f]);
    }

    [Fact]
    public void Run_WrongShape_ThrowsOnnxRuntimeException()
    {
        using var model = OnnxModel.Load(Tiny);
        using var input = InputTensor.FromBytes(TensorElementType.Float, [1, 2], new byte[8]);

        Should.Throw<OnnxRuntimeException>(() => model.Run([input.Value]));
    }

    [Fact]
    public void FromBytes_LengthDisagreesWithShape_Throws() =>
        Should.Throw<ArgumentException>(() => InputTensor.FromBytes(TensorElementType.Float, [2, 3], new byte[20]));

    [Fact]
    public void Load_OnnxRuntimesOwnFormat_IsNotTaken() =>
        Should.Throw<OnnxRuntimeException>(() => OnnxModel.Load("\u0024\0\0\0ORTM\0\0\0\0\0\0\0\0"u8.ToArray()));

    private static float[] Run(OnnxModel model, float[] values)
    {
        using var input = InputTensor.FromBytes(TensorElementType.Float, [values.Length / 3, 3], MemoryMarshal.AsBytes<float>(values).ToArray());
        using var outputs = model.Run([input.Value]);
        return outputs["y"].GetTensorDataAsSpan<float>().ToArray();
    }
}
