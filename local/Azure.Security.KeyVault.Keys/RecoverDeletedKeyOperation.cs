#nullable disable // The real package's public surface is nullable-oblivious.
namespace Azure.Security.KeyVault.Keys;

/// <summary>A recovery, which in this edition is done when the operation is handed out.</summary>
public class RecoverDeletedKeyOperation : Operation<KeyVaultKey>
{
    private readonly Response<KeyVaultKey> _result;

    protected RecoverDeletedKeyOperation() { }

    internal RecoverDeletedKeyOperation(Response<KeyVaultKey> result) => _result = result;

    public override string Id => _result.Value.Id.AbsoluteUri;

    public override KeyVaultKey Value => _result.Value;

    public override bool HasCompleted => true;

    public override bool HasValue => true;

    public override Response GetRawResponse() => _result.GetRawResponse();

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => GetRawResponse();

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) => new(GetRawResponse());
}
