using System.Text.Json;

namespace AIaaS.EndToEnd.MainJob;

/// <summary>'aiaas up --jobs N': trainers at once.</summary>
public sealed class UpJobsTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aiaas-e2e-jobs-");

    [Fact]
    public async Task Up_JobsTwo_TrainsTwoAtTheSameTime()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using var up = await RunningUp.StartAsync(data, "--jobs", "2");
        (await CommandLineTool.RunAsync(data, "upload", "points", Points.Write(_folder), "--label", "side", "--watch", "--json")).Json();
        string[] jobs = ["points-1", "points-2"];
        // Some 300,000 steps each: neither ends before it is canceled.
        foreach (var job in jobs)
            (await CommandLineTool.RunAsync(data, "train", "--dataset", "points", "--family", "mlp", "--epochs", "1000", "--batch-size", "1", "--id", job, "--json")).Json();

        await BothRunAsync(data);

        foreach (var job in jobs)
            (await CommandLineTool.RunAsync(data, "jobs", "cancel", job, "--watch", "--json").WaitAsync(Bound)).Json().GetProperty("status").GetString().ShouldBe("Canceled");
        (await up.StopAsync()).ShouldBe(0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Returns once one answer of the service has both in state Running.</summary>
    private static async Task BothRunAsync(string data)
    {
        using var bounded = new CancellationTokenSource(Bound);
        string[] seen;
        while (!(seen = Statuses((await CommandLineTool.RunAsync(data, "jobs", "list", "--json")).Json())).SequenceEqual(["Running", "Running"]))
        {
            seen.ShouldAllBe(status => status == "NotStarted" || status == "Running", "None may end by itself: they would not have run at the same time.");
            if (bounded.IsCancellationRequested) throw new TimeoutException($"Not both were running after {Bound.TotalMinutes} min: {string.Join(", ", seen)}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }
    }

    private static string[] Statuses(JsonElement list) => [.. list.GetProperty("value").EnumerateArray().Select(job => job.GetProperty("status").GetString()!)];
}
