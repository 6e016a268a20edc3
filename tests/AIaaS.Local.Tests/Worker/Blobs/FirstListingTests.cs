using AIaaS.Testing;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Blobs;

public sealed class FirstListingTests(AzuriteFixture azurite)
{
    private readonly string _name = $"blobs-{Guid.NewGuid():N}";
    private readonly BlobRuns _runs = new();
    private readonly SlowFirst _time = new();

    /// <summary>A service that was just started is slow at everything it does for the first time; a blob dropped then is seen as soon as any other.</summary>
    [Fact]
    public async Task BlobTrigger_FirstListingTookSeconds_SeesTheNextBlobAfterOneInterval()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, _name);
        await container.CreateIfNotExistsAsync();
        var plan = HostPlan.WithStorage(azurite, _name, typeof(BlobFunctions));
        await using var host = await RunningHost.StartAsync(plan with
        {
            Settings = [.. plan.Settings, $"container={_name}"],
            Configure = builder =>
            {
                builder.Services.AddSingleton(_runs);
                builder.Services.AddSingleton<TimeProvider>(_time);
            },
        });
        await Eventually.HoldsAsync(() => _time.Waiting == 1, "the first listing is over");
        _time.Measured.ShouldBe(2, "The clock makes one measurement three seconds long; it must be that of the first listing.");
        await container.UploadBlobAsync("d/dropped", BinaryData.FromString("x"));

        _time.Advance(plan.Options.BlobPollInterval);

        await Eventually.HoldsAsync(() => _runs.Done.Count == 1, "the blob is run");
    }

    /// <summary>Moved by the test alone, except that three seconds pass between the first two looks at it: the first thing measured with it was slow.</summary>
    private sealed class SlowFirst() : AwaitedTime(DateTimeOffset.UnixEpoch.AddYears(60))
    {
        private int _looks;

        public int Measured => Volatile.Read(ref _looks);

        public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Increment(ref _looks) == 1 ? 0 : 3 * TimestampFrequency);
    }
}
