using AIaaS.Cli.CommandLine;
using Spectre.Console;

namespace AIaaS.Cli.Rendering;

/// <summary>Says what is being done: a spinner whose text changes, or a plain line each.</summary>
public static class StepReport
{
    public static async Task<T> Reporting<T>(this Terminal terminal, Func<Action<string>, Task<T>> work)
    {
        if (terminal.Interactive)
            return await terminal.Out.Status().StartAsync("…", context => work(step => context.Status(Markup.Escape(step) + " …")));
        return await work(step => terminal.Line(Markup.Escape(step) + " …"));
    }
}
