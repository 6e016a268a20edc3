using System.CommandLine;
using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;

namespace AIaaS.Cli.Jobs;

/// <summary>aiaas jobs list | show | cancel.</summary>
public static class JobsCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new ExampleCommand("jobs", "List, show, watch and cancel training jobs",
            "aiaas jobs list", "aiaas jobs show digits-1a2b3c --watch", "aiaas jobs cancel digits-1a2b3c");
        command.Add(List(terminal));
        command.Add(Show(terminal));
        command.Add(Cancel(terminal));
        return command;
    }

    private static ExampleCommand List(Terminal terminal)
    {
        var command = new ExampleCommand("list", "List all jobs, newest first",
            "aiaas jobs list", "# The running ones", "aiaas jobs list --json | jq -r '.value[] | select(.status==\"Running\") | .id'");
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var answer = await client.GetAsync("jobs", CliJson.Default.ListingJobRecord, cancellationToken);
            if (parsed.GetValue(RootCommandLine.Json)) terminal.WriteJson(answer.Json);
            else JobView.List(terminal, answer.Value.Value);
            return ExitCodes.Success;
        });
        return command;
    }

    private static ExampleCommand Show(Terminal terminal)
    {
        var command = new ExampleCommand("show", "Show a job: state, epochs, loss, accuracy, time left",
            "aiaas jobs show digits-1a2b3c",
            "# Until it ends; the exit code says how", "aiaas jobs show digits-1a2b3c --watch",
            "# Its whole, fully defaulted specification", "aiaas jobs show digits-1a2b3c --json | jq .job.spec");
        var id = new Argument<string>("ID") { Description = "Name of the job" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Stay until the job ends" };
        command.Add(id);
        command.Add(watch);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var job = parsed.GetRequiredValue(id);
            var json = parsed.GetValue(RootCommandLine.Json);
            if (parsed.GetValue(watch)) return await JobWatch.RunAsync(client, job, terminal, json, cancellationToken);
            var answer = await client.GetAsync(ServiceClient.Path($"jobs/{job}"), CliJson.Default.JobMonitor, cancellationToken);
            if (json) terminal.WriteJson(answer.Json);
            else JobView.Show(terminal, answer.Value.Job);
            return ExitCodes.Success;
        });
        return command;
    }

    private static ExampleCommand Cancel(Terminal terminal)
    {
        var command = new ExampleCommand("cancel", "Cancel a job; one that runs stops within seconds and publishes nothing",
            "aiaas jobs cancel digits-1a2b3c", "# And wait until it has stopped", "aiaas jobs cancel digits-1a2b3c --watch");
        var id = new Argument<string>("ID") { Description = "Name of the job" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Wait until it has stopped" };
        command.Add(id);
        command.Add(watch);
        var service = new ServiceOptions(terminal);
        service.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = service.Connect(parsed);
            var job = parsed.GetRequiredValue(id);
            var json = parsed.GetValue(RootCommandLine.Json);
            var answer = await client.SendAsync(HttpMethod.Post, ServiceClient.Path($"jobs/{job}/cancel"), null, CliJson.Default.JobMonitor, cancellationToken);
            if (parsed.GetValue(watch)) answer = await JobWatch.FollowAsync(client, job, static _ => { }, cancellationToken);
            if (json) terminal.WriteJson(answer.Json);
            else if (answer.Value.Job.IsFinal) JobView.Outcome(terminal, answer.Value.Job);
            else terminal.Done(parsed, $"Job {job} is asked to stop. Watch it with: aiaas jobs show {job} --watch");
            return ExitCodes.Success;
        });
        return command;
    }
}
