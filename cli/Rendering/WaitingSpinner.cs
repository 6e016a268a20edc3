using AIaaS.Cli.CommandLine;
using Spectre.Console;

namespace AIaaS.Cli.Rendering;

/// <summary>A spinner while something takes its time; one plain line where nobody watches.</summary>
public static class WaitingSpinner
{
    public static async Task<T> Waiting<T>(this Terminal terminal, string what, Func<Task<T>> work)
    {
        if (terminal.Interactive)
            return await terminal.Out.Status().StartAsync(Markup.Escape(what), _ => work());
        terminal.Line(Markup.Escape(what) + " …");
        return await work();
    }
}
