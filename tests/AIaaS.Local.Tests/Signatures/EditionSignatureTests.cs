using System.Reflection;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Keys;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>Whatever an edition shows, the real package has with the same signature: what compiles here compiles there.</summary>
public sealed class EditionSignatureTests
{
    private static readonly string[] s_workerListings =
    [
        "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Core",
        "Microsoft.Azure.Functions.Worker.Extensions.Abstractions",
        "Microsoft.Azure.Functions.Worker.Extensions.Http",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus",
        "Microsoft.Azure.Functions.Worker.Extensions.Storage.Blobs",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer",
    ];

    [Fact]
    public void ServiceBusEdition_PublicSurface_IsPartOfTheRealOne() => Check(typeof(ServiceBusClient).Assembly, 17, "Azure.Messaging.ServiceBus");

    [Fact]
    public void KeyVaultEdition_PublicSurface_IsPartOfTheRealOne() => Check(typeof(KeyClient).Assembly, 18, "Azure.Security.KeyVault.Keys");

    [Fact]
    public void WorkerEdition_PublicSurface_IsPartOfTheRealOne() => Check(typeof(FunctionAttribute).Assembly, 20, s_workerListings);

    [Fact]
    public void AcceptedDifferences_AreAllNeeded()
    {
        var surfaces = PublicSurface.Of(typeof(ServiceBusClient).Assembly).Concat(PublicSurface.Of(typeof(KeyClient).Assembly)).ToList();
        var facts = FactListing.Load("Azure.Messaging.ServiceBus", "Azure.Security.KeyVault.Keys");
        foreach (var difference in AcceptedDifference.All)
            SignatureCheck.Compare(surfaces, facts, [.. AcceptedDifference.All.Where(other => other != difference)]).ShouldNotBeEmpty(difference.Type);
    }

    private static void Check(Assembly edition, int atLeast, params string[] listings)
    {
        var surface = PublicSurface.Of(edition);
        surface.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        SignatureCheck.Compare(surface, FactListing.Load(listings), AcceptedDifference.All).ShouldBeEmpty();
    }
}
