using AIaaS.Local;
using Xunit;

namespace AIaaS.Testing;

/// <summary>One Azurite in memory per test process: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>Set for child processes of a test: they use the Azurite of their parent.</summary>
    public const string ParentVariable = "AIAAS_TEST_AZURITE";

    private readonly string? _parents = Environment.GetEnvironmentVariable(ParentVariable);
    private AzuriteProcess? _azurite;

    public string ConnectionString =>
        _parents ?? _azurite?.ConnectionString ?? throw new InvalidOperationException("Azurite has not been started.");

    public async ValueTask InitializeAsync()
    {
        if (_parents is null)
            _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(Location: null, ProjectRoot.Path), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
