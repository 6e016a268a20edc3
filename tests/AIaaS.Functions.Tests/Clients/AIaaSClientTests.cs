using System.Net;
using AIaaS.Client;
using AIaaS.Functions.Tests.Inference.Encrypted;
using AIaaS.Functions.Tests.Models;

namespace AIaaS.Functions.Tests.Clients;

/// <summary>The .NET client against the running service.</summary>
public sealed class AIaaSClientTests(RunningApp app) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiaas-client-").FullName;

    private string KeyFile => Path.Combine(_folder, "model.key");

    [Fact]
    public async Task Infer_InTheClear_AtOnceAndLaterAnswerTheSame()
    {
        await app.RegisterAsync("client-clear", TinyModels.Adding(0.5f));
        using var client = Client();

        var answer = await client.InferAsync("client-clear", [InferenceTensor.Of("x", [2, 2], 1f, 2f, 3f, 4f)]);
        var pending = await client.InferLaterAsync("client-clear", [InferenceTensor.Of("x", [2, 2], 1f, 2f, 3f, 4f)], "1");
        var later = await pending.WaitAsync(TestContext.Current.CancellationToken);

        answer.ModelVersion.ShouldBe("1");
        answer["y"].Shape.ShouldBe([2, 2]);
        answer["y"].ToSingles().ShouldBe([1.5f, 2.5f, 3.5f, 4.5f]);
        later["y"].ToSingles().ShouldBe(answer["y"].ToSingles());
    }

    [Fact]
    public async Task Infer_Refused_ThrowsTheServicesReason()
    {
        using var client = Client();

        var error = await Should.ThrowAsync<ServiceException>(() => client.InferAsync("nobody-there", [InferenceTensor.Of("x", [1], 1f)]));

        error.Status.ShouldBe(HttpStatusCode.NotFound);
        error.Code.ShouldBe("ModelNotFound");
        error.Message.ShouldContain("nobody-there");
    }

    [Fact]
    public async Task Encrypted_KeysMadeOnceKeptToTheOwnerAndSentOnce_AgreeWithTheClearNetwork()
    {
        await app.PublishAsync("client-encrypted", EncryptedModels.Mlp);
        using var client = Client();
        string kept;
        using (var model = await client.OpenEncryptedAsync("client-encrypted", KeyFile))
        {
            kept = await File.ReadAllTextAsync(KeyFile);
            model.InputShape.ShouldBe([1, 1, 64]);
            await AgreeAsync(model);
        }
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using (var again = await client.OpenEncryptedAsync("client-encrypted", KeyFile))
        {
            (await File.ReadAllTextAsync(KeyFile)).ShouldBe(kept, "the same keys");
            await AgreeAsync(again);
        }

        // Gone at the service: made for the same secret, and sent, again.
        using var deleted = await app.Http.DeleteAsync($"evaluation-keys/{kept.Split('\n')[0].Split(' ')[^1]}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var anew = await client.OpenEncryptedAsync("client-encrypted", KeyFile);
        await AgreeAsync(anew);
    }

    [Fact]
    public async Task Encrypted_InputThatDoesNotFit_IsRefusedBeforeItIsSent()
    {
        await app.PublishAsync("client-input", EncryptedModels.Mlp);
        using var client = Client();
        using var model = await client.OpenEncryptedAsync("client-input", KeyFile);

        (await Should.ThrowAsync<ArgumentException>(() => model.PredictAsync(new double[63]))).Message.ShouldContain("64 values");
        (await Should.ThrowAsync<ArgumentException>(() => model.PredictAsync(Enumerable.Repeat(1.5, 64).ToArray()))).Message.ShouldContain("outside 0 to 1");
        await Should.ThrowAsync<ArgumentException>(() => model.PredictAsync(Enumerable.Repeat(double.NaN, 64).ToArray()));
    }

    [Fact]
    public async Task KeyFile_ThatOthersReadOrThatIsNone_IsRefused()
    {
        await app.PublishAsync("client-keyfile", EncryptedModels.Mlp);
        using var client = Client();
        (await client.OpenEncryptedAsync("client-keyfile", KeyFile)).Dispose();
        var bytes = await File.ReadAllBytesAsync(KeyFile);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            (await Should.ThrowAsync<KeyFileException>(() => client.OpenEncryptedAsync("client-keyfile", KeyFile))).Message.ShouldContain("chmod 600");
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        foreach (var damaged in new[] { bytes[..^10], bytes[..20], [.. bytes[..100], 255, .. bytes[101..]], new byte[200] })
        {
            await File.WriteAllBytesAsync(KeyFile, damaged);
            await Should.ThrowAsync<KeyFileException>(() => client.OpenEncryptedAsync("client-keyfile", KeyFile));
        }
    }

    [Fact]
    public async Task Encrypted_ModelWithoutANetwork_SaysSo()
    {
        await app.RegisterAsync("client-none", TinyModels.Adding(1));
        using var client = Client();

        (await Should.ThrowAsync<ServiceException>(() => client.OpenEncryptedAsync("client-none", KeyFile))).Code.ShouldBe("EncryptionUnsupported");
        File.Exists(KeyFile).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AIaaSClient Client() => new(app.Http.BaseAddress!, app.Key);

    private static async Task AgreeAsync(EncryptedModel model)
    {
        var input = EncryptedModels.Mlp.Input(7);
        var prediction = await model.PredictAsync(input, TestContext.Current.CancellationToken);
        var clear = EncryptedModels.Mlp.Forward(input)[^1];
        clear.Zip(prediction.Values, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(8 * model.PredictedError);
        prediction.SentBytes.ShouldBeInRange(50_000, 140_000);
        prediction.ReceivedBytes.ShouldBeInRange(50_000, 140_000);
    }
}
