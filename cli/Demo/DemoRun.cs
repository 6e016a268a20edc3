using System.Globalization;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Datasets;
using AIaaS.Cli.Jobs;
using AIaaS.Cli.Local;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Storage;
using Azure.Storage.Blobs;
using Spectre.Console;

namespace AIaaS.Cli.Demo;

/// <summary>The steps of the demo against a running service, as a user would take them.</summary>
public sealed class DemoRun(Endpoint endpoint, DataFolder folder, Terminal terminal, long started)
{
    private const string Name = "digits";
    private const double Goal = 0.94;
    private const int HeldOut = 1000;
    private const int Validation = 1000;
    private const int Seed = 42;
    private const int Drawn = 5;

    private readonly string _files = Path.Combine(folder.Path, "digits");

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new ServiceClient(new ServiceAddress(endpoint.Url, endpoint.Key));
        terminal.Line($"[green]✓[/] The service runs at {Markup.Escape(endpoint.Url.ToString())} ({Elapsed()})");

        var digits = await DigitSet.LoadAsync(Components.Find().NpmRoot, cancellationToken);
        var (known, heldOut) = digits.Split(HeldOut, Seed);
        var (train, validation) = known.Split(Validation, Seed);
        Heading("1. Drop a dataset into blob storage");
        await DropAsync(await DigitFiles.WriteAsync(_files, train, validation, heldOut, cancellationToken), cancellationToken);

        Heading("2. It is validated, described, encrypted");
        await IngestAsync(client, cancellationToken);

        Heading("3. Train a model");
        var job = await TrainAsync(client, cancellationToken);

        Heading($"4. Ask the served model about {Numbers.Count(heldOut.Count)} digits it has never seen");
        var predictions = await DigitPredictions.RequestAsync(client, Name, heldOut, cancellationToken);
        var accuracy = (double)predictions.Correct(heldOut) / heldOut.Count;
        Show(predictions, heldOut, accuracy);

        Heading("5. What lies in storage");
        var search = await StorageSearch.RunAsync(endpoint.StorageConnectionString, digits, cancellationToken);
        Show(search);

        var total = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return new DemoReport(
            accuracy, Goal, heldOut.Count, predictions.Percentile(0.5), predictions.Percentile(0.99), predictions.FirstMilliseconds, job.ModelVersion ?? 0,
            (job.FinishedOn - job.CreatedOn)?.TotalSeconds ?? 0, total, search.Blobs, search.RowsFound, search.RowsSearched, search.ExampleEntropy);
    }

    /// <summary>What to try next, with the service left running or without.</summary>
    public void Next(bool keep)
    {
        Heading($"Done in {Elapsed()}. Next");
        if (keep)
        {
            terminal.Line($"The service keeps running until Ctrl-C. In another terminal:");
            Commands(
                $"export AIAAS_DATA={folder.Path}", "aiaas datasets show digits", "aiaas models show digits --card 1",
                $"aiaas predict digits {Path.Combine(_files, DigitFiles.HeldOutImages)}", "aiaas train --dataset digits --family mlp --epochs 5 --watch", "aiaas keys disable model-digits");
            terminal.Line($"The API, to read and to try: {Markup.Escape(new Uri(endpoint.Url, "docs").ToString())}");
            return;
        }
        Commands("aiaas demo --keep                # the same, left running to play with", "aiaas up                         # a service that keeps its data",
            "aiaas upload iris iris.csv --label species --watch", "aiaas train --dataset iris --family mlp --watch", "aiaas --help");
    }

    /// <summary>With the Azure SDK, as any program with rights on the storage account would: the service notices by itself.</summary>
    private async Task DropAsync(IReadOnlyList<FileInfo> files, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(endpoint.StorageConnectionString, StorageLayout.DatasetsContainer);
        foreach (var file in files)
        {
            await container.GetBlobClient($"{Name}/{file.Name}").UploadAsync(file.FullName, overwrite: true, cancellationToken);
            terminal.Line($"   {StorageLayout.DatasetsContainer}/{Name}/{Markup.Escape(file.Name)}  [grey]{Numbers.Bytes(file.Length)}[/]");
        }
    }

    private async Task IngestAsync(ServiceClient client, CancellationToken cancellationToken)
    {
        var record = await terminal.Waiting("Ingesting", () => IngestionWatch.WaitAsync(client, Name, before: null, cancellationToken));
        if (record.Status != DatasetStatus.Ready)
            throw new CliException(ExitCodes.Failed, $"The ingestion ended as {record.Status}: {record.Error?.Message} ({record.Error?.Code})");
        await DatasetsCommand.ShowAsync(client, Name, terminal, json: false, cancellationToken);
        terminal.Line($"[green]✓[/] Ready; the dropped files are deleted, what remains is encrypted ({Elapsed()})");
    }

    private async Task<JobRecord> TrainAsync(ServiceClient client, CancellationToken cancellationToken)
    {
        var file = DemoJob.Write(folder.Path);
        foreach (var line in DemoJob.Text.TrimEnd().Split('\n')) terminal.Line($"   [blue]{Markup.Escape(line)}[/]");
        var submitted = await TrainCommand.SubmitAsync(client, "digits-demo", await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
        var ended = await JobWatch.ShowAsync(client, submitted.Value.Id, terminal, cancellationToken);
        terminal.Line();
        JobView.Outcome(terminal, ended.Value.Job);
        if (ended.Value.Job.Status != JobStatus.Succeeded)
            throw new CliException(ExitCodes.Failed, "The training job did not succeed.", $"Run it again with --data DIR and see the logs in DIR/logs.");
        return ended.Value.Job;
    }

    private void Show(DigitPredictions predictions, DigitSet heldOut, double accuracy)
    {
        var right = predictions.Correct(heldOut);
        terminal.Line($"accuracy [bold]{Numbers.Percent(accuracy)}[/] ({Numbers.Count(right)} of {Numbers.Count(heldOut.Count)}), goal {Numbers.Percent(Goal)}");
        terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"latency of one request with one digit: p50 {predictions.Percentile(0.5):0.00} ms, p99 {predictions.Percentile(0.99):0.00} ms; the first, which loads the model: {predictions.FirstMilliseconds:0} ms"));
        var wrong = Enumerable.Range(0, heldOut.Count).Where(index => predictions.Labels[index] != heldOut.Labels[index].ToString());
        Draw("Some it got right:", Enumerable.Range(0, heldOut.Count).Except(wrong).Take(Drawn), predictions, heldOut);
        if (right < heldOut.Count) Draw("Some it got wrong:", wrong.Take(Drawn), predictions, heldOut);
    }

    private void Draw(string title, IEnumerable<int> which, DigitPredictions predictions, DigitSet heldOut)
    {
        var indices = which.ToArray();
        var pictures = indices.Select(index => DigitDrawing.Lines(heldOut.Image(index))).ToArray();
        terminal.Line(title);
        for (var line = 0; line < DigitDrawing.Height; line++)
            terminal.Line("  " + string.Join("  ", pictures.Select(picture => picture[line])));
        terminal.Line("  " + string.Join("  ", indices.Select(index =>
            (predictions.Labels[index] == heldOut.Labels[index].ToString() ? $"    {predictions.Labels[index]} ✓" : $"  {predictions.Labels[index]}, not {heldOut.Labels[index]}").PadRight(DigitDrawing.Width))));
    }

    private void Show(StorageSearch search)
    {
        terminal.Line($"{Markup.Escape(search.ExampleName)} begins");
        foreach (var row in search.Example.Chunk(32)) terminal.Line($"   [grey]{Convert.ToHexStringLower(row)}[/]");
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"and has {search.ExampleEntropy:0.000} bits of entropy a byte (the pixels have {search.DropEntropy:0.000}, noise has 8)."));
        terminal.Line($"{Numbers.Count(search.RowsSearched)} rows of pixels searched in the {Numbers.Count(search.Blobs)} blobs ({Numbers.Bytes(search.Bytes)}) of all containers: "
            + $"[bold]{search.RowsFound} found[/]. In the data that was dropped, the same search finds {Numbers.Count(search.RowsInDrop)}.");
    }

    private void Commands(params string[] commands)
    {
        foreach (var command in commands) terminal.Line($"  [blue]{Markup.Escape(command)}[/]");
    }

    private void Heading(string text)
    {
        terminal.Line();
        terminal.Line($"[bold]{Markup.Escape(text)}[/]");
    }

    private string Elapsed() => Numbers.Duration(TimeProvider.System.GetElapsedTime(started));
}
