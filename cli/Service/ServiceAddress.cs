using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;

namespace AIaaS.Cli.Service;

/// <summary>Where the service is, and the key it asks for.</summary>
public sealed record ServiceAddress(Uri Url, string? Key)
{
    /// <summary>--url and --key; else AIAAS_URL and AIAAS_KEY; else the endpoint.json of the 'aiaas up' that runs on the data folder.</summary>
    /// <exception cref="CliException">The URL is none.</exception>
    /// <exception cref="ServiceUnreachableException">No service is named and none runs here.</exception>
    public static ServiceAddress Find(string? url, string? key, Terminal terminal)
    {
        url ??= terminal.Environment("AIAAS_URL");
        key ??= terminal.Environment("AIAAS_KEY");
        if (url is not null) return new ServiceAddress(Check(url), key);

        var folder = DataFolder.Default(terminal);
        var endpoint = Endpoint.Read(folder)
            ?? throw new ServiceUnreachableException($"No service is named and none runs on {folder.Path}.");
        return new ServiceAddress(endpoint.Url, key ?? endpoint.Key);
    }

    private static Uri Check(string url) =>
        Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CliException(ExitCodes.Usage, $"'{url}' is no http or https address.", "Give one like --url https://my-aiaas.azurewebsites.net");
}
