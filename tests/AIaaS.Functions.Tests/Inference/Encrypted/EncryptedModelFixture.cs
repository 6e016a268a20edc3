using AIaaS.Functions.Tests.Inference.Encrypted;

[assembly: AssemblyFixture(typeof(EncryptedModelFixture))]

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>One published model that the tests of refusals share, and a client of it whose keys are there.</summary>
public sealed class EncryptedModelFixture : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private EncryptedClient? _client;

    internal async Task<EncryptedClient> ClientAsync(RunningApp app)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_client is not null) return _client;
            await app.PublishAsync("enc-refusals", EncryptedModels.Mlp);
            var client = await EncryptedClient.ReadAsync(app, "enc-refusals");
            await client.UploadAsync();
            return _client = client;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _one.Dispose();
    }
}
