using AIaaS.Testing;

namespace AIaaS.Local.Tests.Azurite;

public sealed class AzuriteProcessTests(AzuriteFixture azurite)
{
    [Fact]
    public void ConnectionString_Started_NamesThreeEndpoints()
    {
        azurite.ConnectionString.ShouldContain("BlobEndpoint=http://127.0.0.1:");
        azurite.ConnectionString.ShouldContain("QueueEndpoint=http://127.0.0.1:");
        azurite.ConnectionString.ShouldContain("TableEndpoint=http://127.0.0.1:");
    }
}
