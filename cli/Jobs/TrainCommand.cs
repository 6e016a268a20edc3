using System.CommandLine;
using System.Security.Cryptography;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using Spectre.Console;

namespace AIaaS.Cli.Jobs;

/// <summary>aiaas train: submits a training job.</summary>
public static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("train",
            """
            Train a model on a dataset and publish it

            Takes a job file (YAML or JSON, docs/jobs.md), options, or both: options override the file. The job is checked
            against the dataset at once; every fault is listed.
            """,
            "aiaas train --dataset digits --family cnn --epochs 4 --watch",
            "# A job file",
            "aiaas train digits.yaml --watch",
            "# The same with another learning rate",
            "aiaas train digits.yaml --learning-rate 0.01",
            "# In scripts: the same id twice is one job",
            "aiaas train digits.yaml --id nightly-2026-11-23 --json",
            "# A job file looks like this",
            "dataset: digits",
            "family: {name: cnn, channels: [16, 32]}",
            "training: {num_train_epochs: 4, learning_rate: 0.001, seed: 42}");
        var file = new Argument<FileInfo>("FILE") { Description = "Job file", Arity = ArgumentArity.ZeroOrOne };
        file.AcceptExistingOnly();
        var options = new JobFileOptions();
        var id = new Option<string?>("--id") { Description = "Name of the job: submitting it again is not training again [default: made up]", HelpName = "NAME" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Stay and show progress until the job ends; Ctrl-C stops watching, not the job" };
        command.Add(file);
        options.AddTo(command);
        command.Add(id);
        command.Add(watch);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FileInfo? path = parsed.GetValue(file);
            if (path is null && !options.AnyGiven(parsed))
                throw new CliException(ExitCodes.Usage, "There is neither a job file nor an option that says what to train.", "Begin with: aiaas train --dataset NAME --family mlp");

            using var client = service.Connect(parsed);
            var job = options.Build(parsed, path is null ? null : await File.ReadAllTextAsync(path.FullName, cancellationToken));
            job = await JobFileOptions.WithTaskAsync(job, dataset => TaskOfAsync(client, dataset, cancellationToken));
            var json = parsed.GetValue(RootCommandLine.Json);
            var answer = await SubmitAsync(client, parsed.GetValue(id) ?? MakeId(job), job, cancellationToken);
            if (parsed.GetValue(watch)) return await JobWatch.RunAsync(client, answer.Value.Id, terminal, json, cancellationToken);
            if (json) terminal.WriteJson(answer.Json);
            else terminal.Line($"[green]✓[/] Job [bold]{Markup.Escape(answer.Value.Id)}[/] is submitted. Watch it with: aiaas jobs show {Markup.Escape(answer.Value.Id)} --watch");
            return ExitCodes.Success;
        });
        return command;
    }

    public static async Task<Answer<JobMonitor>> SubmitAsync(ServiceClient client, string id, string job, CancellationToken cancellationToken)
    {
        using var body = ServiceClient.Text(job, "application/yaml");
        return await client.SendAsync(HttpMethod.Put, ServiceClient.Path($"jobs/{id}"), body, CliJson.Default.JobMonitor, cancellationToken);
    }

    private static async Task<string?> TaskOfAsync(ServiceClient client, string dataset, CancellationToken cancellationToken) =>
        (await client.GetAsync(ServiceClient.Path($"datasets/{dataset}/report"), CliJson.Default.DatasetReport, cancellationToken)).Value.Label?.Task;

    private static string MakeId(string job)
    {
        var name = new string([.. (JobFileOptions.NameIn(job) ?? "job").Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-').Take(50)]).Trim('-');
        return $"{(name.Length == 0 ? "job" : name)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
    }
}
