namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <summary>
    /// Reads host.json and local.settings.json beside the app, then appsettings.json, environment variables and
    /// <paramref name="args"/>; what comes later wins.
    /// </summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args, new FunctionsHostOptions());
}
