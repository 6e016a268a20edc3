using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks.Clear;
using AIaaS.Models.Onnx;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Jobs;
using AIaaS.Testing;
using AIaaS.Training.Data;
using AIaaS.Training.Tests.Data;
using AIaaS.Training.Tests.Jobs;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AIaaS.Training.Tests.Encrypted;

/// <summary>Whole jobs for encrypted inference on real digits: what is published answers alike in the clear and on encrypted slots.</summary>
[Collection(TrainingQueue.Name)]
public sealed class EncryptedJobTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("mlp", 6, 0.7)]
    [InlineData("cnn", 5, 0.7)]
    [InlineData("linear", 4, 0.6)]
    public async Task RunOnceAsync_ForEncryptedInference_PublishesNetworksThatAgree(string family, int epochs, double accuracy)
    {
        var name = $"he-{family}";
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync(name, perClass: 80);
        await service.SubmitAsync(name, Job(name, family, epochs));

        var job = await service.FinishAsync(name);

        job.Error.ShouldBeNull();
        var version = await service.ModelAsync(name);
        version.NetworkBlob.ShouldBe("network.he");
        var file = NetworkFile.Read(await service.ReadAsync(version, version.NetworkBlob!));
        var onnx = await service.ReadAsync(version, "model.onnx");
        OnnxInspector.Inspect(onnx);
        var digits = Digits.Rows(700, 10).Head(100);
        var pixels = ((ImageValues)digits.Columns[0]).Values.Chunk(784).ToArray();
        var clear = Probabilities(onnx, digits);
        clear.Zip(digits.Labels).Count(pair => Best(pair.First) == (int)pair.Second).ShouldBeGreaterThan((int)(100 * accuracy));
        for (var row = 0; row < pixels.Length; row++)
        {
            var planned = Softmax(file.Network.Forward(Scaled(pixels[row]))[^1]);
            for (var i = 0; i < 10; i++) planned[i].ShouldBe(clear[row][i], 1e-4, $"row {row}, class {i}");
        }
        CheckEncrypted(file, [.. pixels.Take(20).Select(Scaled)], clear);

        var readiness = job.Readiness.ShouldNotBeNull();
        readiness.Squares.ShouldBe(family switch { "linear" => 0, "mlp" => 1, _ => 2 });
        readiness.Levels.ShouldBe(readiness.Squares + 1);
        readiness.PrimeBits.Count.ShouldBe(readiness.Levels + 1);
        readiness.Trial.Agreement.ShouldBeGreaterThan(0.9);
        readiness.Trial.WidestMiss.ShouldBeLessThan(8 * readiness.Trial.RmsError);
        readiness.Trial.RmsError.ShouldBeLessThan(4 * readiness.PredictedError);
        readiness.Trial.RequestBytes.ShouldBeInRange(30_000, 1_000_000);
        readiness.Trial.KeyBytes.ShouldBeGreaterThan(100_000);
        readiness.Ranges.ShouldAllBe(range => range.Measured > 0 && range.Measured <= range.WorstCase * 1.0001);
        readiness.Accuracy.Polynomial.ShouldBe(version.Metrics["accuracy"], 1e-9);
        readiness.Accuracy.Exact.ShouldNotBeNull().ShouldBeGreaterThan(accuracy - 0.1);
        (await service.CardAsync(version)).GetProperty("readiness").GetProperty("levels").GetInt32().ShouldBe(readiness.Levels);
    }

    [Fact]
    public async Task RunOnceAsync_SameJobTwice_PublishesTheSameBytes()
    {
        await using var service = await TrainingService.StartAsync(azurite);
        await service.IngestDigitsAsync("he-same", perClass: 20);
        var files = new List<(string, byte[])>();
        foreach (var model in new[] { "he-same-a", "he-same-b" })
        {
            await service.SubmitAsync(model, Job("he-same", "mlp", epochs: 2) with { Model = model, Privacy = new PrivacySpec(PrivacySpec.Ckks, "none") });
            (await service.FinishAsync(model)).Error.ShouldBeNull();
            var version = await service.ModelAsync(model);
            files.Add((version.ModelSha256, await service.ReadAsync(version, "network.he")));
        }
        files[1].Item1.ShouldBe(files[0].Item1);
        files[1].Item2.ShouldBe(files[0].Item2);
    }

    private static TrainingJob Job(string dataset, string family, int epochs)
    {
        var size = family switch { "mlp" => "hidden: [16]", "cnn" => "channels: [4], hidden: [16]", _ => "" };
        return JobFile.Parse(System.Text.Encoding.UTF8.GetBytes(
            $"{{dataset: {dataset}, task: classification, family: {{name: {family}{(size.Length > 0 ? ", " : "")}{size}}}, privacy: {{inference: ckks}}, training: {{num_train_epochs: {epochs}, per_device_train_batch_size: 16}}}}"));
    }

    /// <summary>On the evaluator that computes on slots in the clear with the noise that encryption would have.</summary>
    private static void CheckEncrypted(NetworkFile file, double[][] rows, float[][] clear)
    {
        var evaluator = new ClearEvaluator(file.Plan.Parameters, noiseSeed: 5);
        using var executor = new NetworkExecutor<ClearCiphertext, ClearPlaintext, ClearTransform>(evaluator, file.Plan);
        for (var row = 0; row < rows.Length; row++)
        {
            var request = file.Plan.Pack(rows[row]).Select(slots => evaluator.Encrypt(slots, file.Plan.InputLevel, file.Plan.InputScale)).ToArray();
            var reply = executor.Run(request);
            var logits = file.Plan.Unpack([.. reply.Select(part => evaluator.Decrypt(part).Select(slot => slot.Real).ToArray())]);
            var wanted = file.Network.Forward(rows[row])[^1];
            for (var i = 0; i < logits.Length; i++) logits[i].ShouldBe(wanted[i], 6 * file.Plan.PredictedError, $"row {row}, class {i}");
            // Where the two highest are closer than the error, either may win.
            var margin = wanted.Max() - wanted.Order().ElementAt(wanted.Length - 2);
            if (margin > 4 * file.Plan.PredictedError) Best([.. logits.Select(logit => (float)logit)]).ShouldBe(Best(clear[row]), $"row {row}");
        }
    }

    private static double[] Scaled(byte[] pixels) => Array.ConvertAll(pixels, pixel => pixel / 255.0);

    private static int Best(float[] values) => Array.IndexOf(values, values.Max());

    private static double[] Softmax(double[] logits)
    {
        var powers = Array.ConvertAll(logits, logit => Math.Exp(logit - logits.Max()));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private static float[][] Probabilities(byte[] onnx, RawChunk rows)
    {
        using var model = OnnxModel.Load(onnx);
        using var input = InputTensor.FromBytes(TensorElementType.UInt8, [rows.Rows, 28, 28, 1], ((ImageValues)rows.Columns[0]).Values);
        using var outputs = model.Run([input.Value]);
        return [.. outputs["probabilities"].GetTensorDataAsSpan<float>().ToArray().Chunk(10)];
    }
}
