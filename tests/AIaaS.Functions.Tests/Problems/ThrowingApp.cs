using AIaaS.Functions.Http;
using AIaaS.Functions.Problems;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AIaaS.Functions.Tests.Problems;

/// <summary>The app's middleware over <see cref="ThrowingFunctions"/>: a host in this process finds the functions of this assembly.</summary>
public sealed class ThrowingApp : IAsyncLifetime
{
    private IHost? _host;

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<ApiVersion>();
        _host = builder.Build();
        await _host.StartAsync();
        var addresses = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client.BaseAddress = new Uri(addresses.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null) await _host.StopAsync();
        _host?.Dispose();
    }
}
