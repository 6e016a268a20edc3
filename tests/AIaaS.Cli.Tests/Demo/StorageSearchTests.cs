using AIaaS.Cli.Demo;
using AIaaS.Testing;
using Azure.Storage.Blobs;

namespace AIaaS.Cli.Tests.Demo;

/// <summary>The proof would prove nothing if it could not find what lies in the clear.</summary>
public sealed class StorageSearchTests(AzuriteFixture azurite)
{
    private static readonly DigitSet Digits = Make(seed: 1);

    [Fact]
    public async Task RunAsync_PixelsLieInTheClear_FindsThem()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, "search-plain");
        await container.CreateAsync();
        await container.GetBlobClient("pixels").UploadAsync(new BinaryData(Digits.Images));

        var search = await StorageSearch.RunAsync(azurite.ConnectionString, Digits, CancellationToken.None);
        await container.DeleteAsync();

        search.RowsSearched.ShouldBe(20);
        search.RowsInDrop.ShouldBe(20);
        search.RowsFound.ShouldBe(20);
    }

    [Fact]
    public async Task RunAsync_OtherBytes_FindsNothing()
    {
        var container = new BlobContainerClient(azurite.ConnectionString, "search-other");
        await container.CreateAsync();
        await container.GetBlobClient("pixels").UploadAsync(new BinaryData(Make(seed: 2).Images));

        var search = await StorageSearch.RunAsync(azurite.ConnectionString, Digits, CancellationToken.None);
        await container.DeleteAsync();

        search.Blobs.ShouldBeGreaterThan(0);
        search.RowsFound.ShouldBe(0);
    }

    [Fact]
    public void Entropy_KnownBytes_IsTheirs()
    {
        StorageSearch.Entropy([]).ShouldBe(0);
        StorageSearch.Entropy([7, 7, 7, 7]).ShouldBe(0);
        StorageSearch.Entropy([.. Enumerable.Range(0, 256).Select(value => (byte)value)]).ShouldBe(8, 1e-12);
    }

    private static DigitSet Make(int seed)
    {
        var images = new byte[20 * DigitSet.Pixels];
        new Random(seed).NextBytes(images);
        return new DigitSet(images, new byte[20]);
    }
}
