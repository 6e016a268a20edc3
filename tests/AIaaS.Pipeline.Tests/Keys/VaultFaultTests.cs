using System.Diagnostics.Metrics;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;
using AIaaS.Testing;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace AIaaS.Pipeline.Tests.Keys;

/// <summary>What the vault's answers become, and that a fault that passes is not remembered.</summary>
public sealed class VaultFaultTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly (int Status, string Text, ProblemCode Code)[] Answers =
    [
        (0, "the name could not be resolved", ProblemCodes.KeyUnavailable),
        (408, "timeout", ProblemCodes.KeyUnavailable),
        (429, "throttled", ProblemCodes.KeyUnavailable),
        (500, "internal", ProblemCodes.KeyUnavailable),
        (503, "busy", ProblemCodes.KeyUnavailable),
        (401, "no token", ProblemCodes.KeyForbidden),
        (403, "Caller is not authorized to perform action on resource.", ProblemCodes.KeyForbidden),
        (403, "Operation unwrapKey is not allowed on a disabled key.", ProblemCodes.KeyDisabled),
        (404, "not found", ProblemCodes.KeyNotFound),
        (409, "ObjectIsDeletedButRecoverable", ProblemCodes.KeyNotFound),
        (400, "BadParameter", ProblemCodes.IntegrityFailed),
    ];

    [Fact]
    public async Task Read_WhenTheVaultAnswersBadly_EndsWithTheProblemAndDoesNotRememberIt()
    {
        await using var scene = await SetAsync(azurite, "fault-answers");
        foreach (var (status, text, code) in Answers)
        {
            scene.Vault.Fault = new RequestFailedException(status, text);
            (await scene.ReadAsync())!.Code.ShouldBe(code, $"{status} {text}");
            scene.Vault.Fault = null;
            (await scene.ReadAsync()).ShouldBeNull("the fault was remembered");
        }
    }

    [Fact]
    public async Task Read_WhenTheVaultCannotBeReached_IsKeyUnavailable()
    {
        await using var scene = await SetAsync(azurite, "fault-unreachable");
        foreach (var fault in (Exception[])[
            new TimeoutException(), new TaskCanceledException(), new AuthenticationFailedException("no identity"), new IOException(),
            new AggregateException("Retry failed after 4 tries.", new RequestFailedException(0, "refused"))])
        {
            scene.Vault.Fault = fault;
            var problem = await scene.ReadAsync();
            problem!.Code.ShouldBe(ProblemCodes.KeyUnavailable, fault.GetType().Name);
            problem.IsTransient().ShouldBeTrue();
        }
    }

    private static async Task<Scene> SetAsync(AzuriteFixture azurite, string dataset)
    {
        var host = await PipelineHost.StartAsync(azurite);
        var scope = VaultScope.Dataset(dataset);
        var (path, _) = await VaultStoreTests.WriteAsync(host, scope, "v/1", [[1, 2, 3]]);
        return new Scene(host, scope, path, new StumblingVault(host.Get<KeyClient>()));
    }

    /// <summary>A reader whose vault can be made to answer badly, without the public key it would otherwise have to ask for first.</summary>
    private sealed class Scene(PipelineHost host, VaultScope scope, string manifest, StumblingVault vault) : IAsyncDisposable
    {
        private readonly VaultOperations _operations = new(vault, host.Get<IMeterFactory>());

        public StumblingVault Vault => vault;

        public Task<PipelineException?> ReadAsync() => Problem.OfAsync(async () =>
        {
            using var ring = new ContentKeyRing(_operations, host.Get<ContentKeyRecords>(), host.Get<KeyCreation>(), host.Clock);
            var reader = await new VaultStore(host.Storage, ring, _operations).OpenReaderAsync(scope, manifest, None);
            (await reader.ReadAsync(reader.Manifest.Blobs[0], None)).ShouldBe([1, 2, 3]);
        });

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }

    /// <summary>The vault with bad days: the network, the throttle and the role assignments are not ours to arrange in a test.</summary>
    private sealed class StumblingVault(KeyClient vault) : KeyClient
    {
        public Exception? Fault { get; set; }

        public override Task<Response<KeyVaultKey>> GetKeyAsync(string name, string? version = null, CancellationToken cancellationToken = default) =>
            Fault is null ? vault.GetKeyAsync(name, version, cancellationToken) : Task.FromException<Response<KeyVaultKey>>(Fault);

        public override CryptographyClient GetCryptographyClient(string keyName, string? keyVersion = null) =>
            Fault is null ? vault.GetCryptographyClient(keyName, keyVersion) : throw Fault;
    }
}
