using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AIaaS.Pipeline.Tests;

/// <summary>The pipeline as one process has it, on Azurite and a vault folder, with a clock that only the test moves.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _madeVault;

    private PipelineHost(ServiceProvider services, FakeTimeProvider clock, string vaultFolder, bool madeVault)
    {
        _services = services;
        _madeVault = madeVault;
        Clock = clock;
        VaultFolder = vaultFolder;
    }

    public FakeTimeProvider Clock { get; }

    public string VaultFolder { get; }

    public StorageAccount Storage => Get<StorageAccount>();

    /// <param name="azurite">The storage.</param>
    /// <param name="sharing">Another process of the same service: same vault, same clock. It takes the vault along when it is disposed, so it goes last.</param>
    /// <param name="at">Where its clock begins; in 2030, unless said otherwise.</param>
    public static async Task<PipelineHost> StartAsync(AzuriteFixture azurite, PipelineHost? sharing = null, DateTimeOffset? at = null)
    {
        var folder = sharing?.VaultFolder ?? Directory.CreateTempSubdirectory("aiaas-vault-").FullName + "/";
        var clock = sharing?.Clock ?? new FakeTimeProvider(at ?? DateTimeOffset.UnixEpoch.AddYears(60));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["ServiceBus"] = azurite.ConnectionString,
            ["KeyVaultUri"] = new Uri(folder).AbsoluteUri,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddPipeline(settings);
        var host = new PipelineHost(services.BuildServiceProvider(), clock, folder, madeVault: sharing is null);
        await host.Storage.EnsureCreatedAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_madeVault) Directory.Delete(VaultFolder, recursive: true);
    }
}
