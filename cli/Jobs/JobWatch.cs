using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Rendering;
using AIaaS.Cli.Service;
using AIaaS.Pipeline.Jobs;

namespace AIaaS.Cli.Jobs;

/// <summary>Follows a job to its end.</summary>
public static class JobWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A restart of the service or a moved laptop is no reason to lose sight of a job that runs for hours.
    private static readonly TimeSpan MayBeUnreachable = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(ServiceClient client, string id, Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        var last = json
            ? await FollowAsync(client, id, static _ => { }, cancellationToken)
            : await ShowAsync(client, id, terminal, cancellationToken);
        if (json) terminal.WriteJson(last.Json);
        else JobView.Outcome(terminal, last.Value.Job);
        return last.Value.Status == JobStatus.Succeeded ? ExitCodes.Success : ExitCodes.Failed;
    }

    /// <summary>Draws until the end; a table that fills where somebody watches, a line per epoch elsewhere.</summary>
    public static async Task<Answer<JobMonitor>> ShowAsync(ServiceClient client, string id, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!terminal.Interactive)
        {
            var lines = new ProgressLines(terminal);
            return await FollowAsync(client, id, lines.Update, cancellationToken);
        }
        return await ProgressDrawing.RunAsync(terminal, draw => FollowAsync(client, id, draw, cancellationToken));
    }

    public static async Task<Answer<JobMonitor>> FollowAsync(ServiceClient client, string id, Action<JobRecord> seen, CancellationToken cancellationToken)
    {
        long? lostAt = null;
        while (true)
        {
            try
            {
                var answer = await client.GetAsync(ServiceClient.Path($"jobs/{id}"), CliJson.Default.JobMonitor, cancellationToken);
                lostAt = null;
                seen(answer.Value.Job);
                if (answer.Value.Job.IsFinal) return answer;
            }
            catch (ServiceUnreachableException) when (TimeProvider.System.GetElapsedTime(lostAt ??= TimeProvider.System.GetTimestamp()) < MayBeUnreachable)
            {
                // Asked again below.
            }
            await Task.Delay(Interval, cancellationToken);
        }
    }
}
