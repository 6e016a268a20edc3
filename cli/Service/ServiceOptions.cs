using System.CommandLine;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Service;

/// <summary>The options of every command that talks to the service.</summary>
public sealed class ServiceOptions(Terminal terminal)
{
    private readonly Option<string?> _url = new("--url")
    {
        Description = "Address of the service [env: AIAAS_URL; else the one 'aiaas up' runs on this machine]",
        HelpName = "URL",
    };

    private readonly Option<string?> _key = new("--key") { Description = "Access key of the service [env: AIAAS_KEY]", HelpName = "KEY" };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_key);
    }

    public ServiceClient Connect(ParseResult parsed) =>
        new(ServiceAddress.Find(parsed.GetValue(_url), parsed.GetValue(_key), terminal));
}
