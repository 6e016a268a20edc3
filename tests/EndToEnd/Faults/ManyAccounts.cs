using AIaaS.Local;
using AIaaS.Testing;

namespace AIaaS.EndToEnd.Faults;

/// <summary>One Azurite with many storage accounts: every scenario has a world of its own.</summary>
public sealed class ManyAccounts : IAsyncLifetime
{
    private const int Count = 400;

    private static readonly string[] Names = [.. Enumerable.Range(1, Count).Select(number => $"world{number}")];

    private AzuriteProcess? _azurite;
    private int _used;

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(Location: null, ProjectRoot.Path, Accounts: Names), CancellationToken.None);

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A connection string that nothing else uses.</summary>
    public string Next() => _azurite!.ConnectionStringOf(Names[Interlocked.Increment(ref _used) - 1]);
}
