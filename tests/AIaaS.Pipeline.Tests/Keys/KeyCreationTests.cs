using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using Azure.Security.KeyVault.Keys;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>One key however many make it, and none that a disable did not see.</summary>
public sealed class KeyCreationTests(AzuriteFixture azurite)
{
    private const int Makers = 16;
    private const int Races = 8;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Ensure_BySixteenProcessesAtOnce_MakesOneVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("create-many");
        var processes = await Task.WhenAll(Enumerable.Range(0, Makers).Select(_ => PipelineHost.StartAsync(azurite, host)));

        var made = await Task.WhenAll(processes.Select(process => process.Get<KeyCreation>().EnsureAsync(scope, None)));

        made.Select(key => key.Properties.Version).Distinct().Count().ShouldBe(1);
        (await VersionsAsync(host, scope)).Count.ShouldBe(1);
        foreach (var process in processes) await process.DisposeAsync();
    }

    [Fact]
    public async Task Disable_RacingCreationAndRotation_LeavesNoEnabledVersion()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        await using var other = await PipelineHost.StartAsync(azurite, host);
        for (var race = 0; race < Races; race++)
        {
            var scope = VaultScope.Dataset($"create-race-{race}");
            var making = Enumerable.Range(0, 4).Select(i => Problem.CodeOfAsync(() => (i % 2 == 0 ? host : other).Get<KeyCreation>().EnsureAsync(scope, None))).ToList();
            // Before there is a key there is nothing to disable.
            while (await Problem.CodeOfAsync(() => other.Get<VaultKeys>().DisableAsync(scope, None)) is { } refused) refused.ShouldBe(ProblemCodes.KeyNotFound);
            (await Task.WhenAll(making)).ShouldAllBe(code => code == null || code == ProblemCodes.KeyDisabled);
            await ShouldBeDisabledAsync(host, scope);

            await host.Get<VaultKeys>().EnableAsync(scope, None);
            var rotating = Problem.CodeOfAsync(() => host.Get<VaultKeys>().RotateAsync(scope, None));
            await other.Get<VaultKeys>().DisableAsync(scope, None);
            await rotating;
            await ShouldBeDisabledAsync(host, scope);
        }
    }

    [Fact]
    public async Task Disable_MakerDiedBeforeItLooked_KeyStaysDisabled()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("create-stray");
        await host.Get<VaultKeys>().EnsureAsync(scope, None);
        await host.Get<VaultKeys>().DisableAsync(scope, None);
        // The last thing that maker did.
        await host.Get<KeyClient>().CreateRsaKeyAsync(new CreateRsaKeyOptions(scope.KeyName) { KeySize = 2048 });

        (await host.Get<VaultKeys>().GetAsync(scope, None)).Enabled.ShouldBeFalse();
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().CheckUsableAsync(scope, None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await Problem.CodeOfAsync(() => host.Get<VaultStore>().OpenWriterAsync(scope, None))).ShouldBe(ProblemCodes.KeyDisabled);
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().RotateAsync(scope, None))).ShouldBe(ProblemCodes.KeyDisabled);

        await host.Get<VaultKeys>().EnableAsync(scope, None);
        (await host.Get<VaultKeys>().GetAsync(scope, None)).Enabled.ShouldBeTrue();
        await host.Get<VaultStore>().OpenWriterAsync(scope, None);
    }

    [Fact]
    public async Task Ensure_ClaimerDied_ClaimPassesOn()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("create-died");
        (await host.Get<KeyStates>().TryWriteAsync(scope, new KeyState("dead", host.Clock.GetUtcNow(), Disabled: false), null, None)).ShouldBeTrue();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<OperationCanceledException>(() => host.Get<KeyCreation>().EnsureAsync(scope, patience.Token));
        (await Problem.CodeOfAsync(() => host.Get<VaultKeys>().GetAsync(scope, None))).ShouldBe(ProblemCodes.KeyNotFound);

        host.Clock.Advance(KeyCreation.ClaimLifetime);
        await host.Get<KeyCreation>().EnsureAsync(scope, None);
        (await VersionsAsync(host, scope)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Delete_AfterDisable_ANewKeyIsUsable()
    {
        await using var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset("create-again");
        await host.Get<VaultKeys>().EnsureAsync(scope, None);
        await host.Get<VaultKeys>().DisableAsync(scope, None);
        await host.Get<VaultKeys>().DeleteAsync(scope, None);

        await host.Get<VaultStore>().OpenWriterAsync(scope, None);

        (await host.Get<VaultKeys>().GetAsync(scope, None)).Enabled.ShouldBeTrue();
    }

    private static async Task ShouldBeDisabledAsync(PipelineHost host, VaultScope scope)
    {
        (await host.Get<VaultKeys>().GetAsync(scope, None)).Enabled.ShouldBeFalse();
        (await VersionsAsync(host, scope)).ShouldAllBe(version => version.Enabled == false);
    }

    private static async Task<List<KeyProperties>> VersionsAsync(PipelineHost host, VaultScope scope)
    {
        var versions = new List<KeyProperties>();
        await foreach (var version in host.Get<KeyClient>().GetPropertiesOfKeyVersionsAsync(scope.KeyName)) versions.Add(version);
        return versions;
    }
}
