using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Datasets;

namespace AIaaS.Cli.Datasets;

/// <summary>aiaas upload NAME FILE…: drops files into a dataset.</summary>
public static class UploadCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("upload",
            """
            Drop files into a dataset and have them ingested

            Formats, told by content: CSV and TSV, JSON Lines, Parquet, IDX (MNIST), NPY and NPZ, a zip of images in class
            folders; each also gzipped where that is usual. Give a dataset.yaml among the files, or options that write one.
            """,
            "aiaas upload iris iris.csv --label species --watch",
            "# Images and labels in two files make one dataset",
            "aiaas upload digits train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz",
            "# Regression, with the columns that should not be used left out",
            "aiaas upload houses houses.parquet --label price --task regression --ignore id --ignore street",
            "# Everything else: write a dataset.yaml (docs/datasets.md) and upload it with the data",
            "aiaas upload digits dataset.yaml t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz");
        var name = new Argument<string>("NAME") { Description = "Name of the dataset: 1 to 60 of a-z, 0-9 and '-'" };
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files that make the dataset together", Arity = ArgumentArity.OneOrMore };
        files.AcceptExistingOnly();
        var watch = new Option<bool>("--watch", "-w") { Description = "Wait for the ingestion and show its report" };
        var sidecar = new SidecarOptions();
        command.Add(name);
        command.Add(files);
        sidecar.AddTo(command);
        command.Add(watch);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var dataset = parsed.GetRequiredValue(name);
            var given = parsed.GetRequiredValue(files);
            var written = sidecar.Write(parsed, given);
            var json = parsed.GetValue(RootCommandLine.Json);

            var before = await IngestionWatch.FindAsync(client, dataset, cancellationToken);
            var record = await UploadAsync(client, dataset, given, written, cancellationToken);
            if (parsed.GetValue(watch))
                return await IngestionWatch.RunAsync(client, dataset, before, terminal, json, cancellationToken);
            if (json)
                terminal.WriteJson(record.Json);
            else
                terminal.Done(parsed, $"{given.Length} file{(given.Length == 1 ? "" : "s")} dropped into {dataset}. Watch it with: aiaas datasets show {dataset}");
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The sidecar goes first: it names the other files, and ingestion waits until all are there.</summary>
    private static async Task<Answer<DatasetRecord>> UploadAsync(
        ServiceClient client, string dataset, IReadOnlyList<FileInfo> files, string? sidecar, CancellationToken cancellationToken)
    {
        Answer<DatasetRecord>? last = null;
        if (sidecar is not null)
        {
            using var text = ServiceClient.Text(sidecar, "application/yaml");
            last = await client.SendAsync(HttpMethod.Put, ServiceClient.Path($"datasets/{dataset}/{DatasetSidecar.FileName}"), text, CliJson.Default.DatasetRecord, cancellationToken);
        }
        foreach (var file in files.OrderBy(file => file.Name != DatasetSidecar.FileName).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            await using var stream = file.OpenRead();
            using var content = new StreamContent(stream);
            last = await client.SendAsync(HttpMethod.Put, ServiceClient.Path($"datasets/{dataset}/{file.Name}"), content, CliJson.Default.DatasetRecord, cancellationToken);
        }
        return last!;
    }
}
