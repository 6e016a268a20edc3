using AIaaS.Pipeline.Storage;
using AIaaS.Testing;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace AIaaS.Pipeline.Tests.Storage;

public sealed class StorageAccountTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task EnsureCreated_Twice_MakesEveryContainerAndTableOnce()
    {
        var account = From(("AzureWebJobsStorage", azurite.ConnectionString));
        await account.EnsureCreatedAsync(CancellationToken.None);
        await account.EnsureCreatedAsync(CancellationToken.None);
        foreach (var container in StorageLayout.Containers) (await account.Container(container).ExistsAsync()).Value.ShouldBeTrue(container);
    }

    [Fact]
    public void From_AccountName_UsesItsEndpoints()
    {
        var account = From(("AzureWebJobsStorage:accountName", "contoso"));
        account.Blobs.Uri.ShouldBe(new Uri("https://contoso.blob.core.windows.net/"));
        account.Tables.Uri.ShouldBe(new Uri("https://contoso.table.core.windows.net/"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AccountName=x;AccountKey=secret-canary")]
    [InlineData("secret-canary")]
    public void From_UnusableSetting_NamesTheSettingAndKeepsTheSecret(string? connection)
    {
        var fault = Should.Throw<InvalidOperationException>(() => From(("AzureWebJobsStorage", connection)));
        fault.ToString().ShouldContain("AzureWebJobsStorage");
        fault.ToString().ShouldNotContain("secret-canary");
    }

    private static StorageAccount From((string Key, string? Value) setting) => StorageAccount.From(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting.Key, setting.Value)]).Build(), new DefaultAzureCredential());
}
