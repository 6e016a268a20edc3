using System.Security.Cryptography;
using AIaaS.Pipeline.Problems;
using Azure;
using Azure.Identity;

namespace AIaaS.Pipeline.Keys;

/// <summary>Turns what the vault, the storage and the decryption throw into the pipeline's problems.</summary>
internal static class VaultFault
{
    /// <summary>One text for every way in which stored bytes can be wrong, so that a forger learns nothing from the answer.</summary>
    public static PipelineException Integrity(VaultScope scope) => new(ProblemCodes.IntegrityFailed,
        $"What is stored for {Name(scope)} does not match what was written there. Nothing of it was used. " +
        "Restore the vault container from a backup, or write the data again.");

    public static PipelineException NoKey(VaultScope scope, Exception? inner = null) => new(ProblemCodes.KeyNotFound,
        $"The key '{scope.KeyName}' does not exist or was deleted, so nothing protected by it can be read. " +
        "If the vault still keeps it as deleted, recover it there; otherwise the data is gone for good.", innerException: inner);

    public static PipelineException Disabled(VaultScope scope, Exception? inner = null) => new(ProblemCodes.KeyDisabled,
        $"The key '{scope.KeyName}' is disabled, so nothing protected by it can be read or written. Enable the key to go on.", innerException: inner);

    public static PipelineException Contended(VaultScope scope) => new(ProblemCodes.Conflict,
        $"The key '{scope.KeyName}' is being changed by others at the same time. Look at it again in a minute.");

    public static PipelineException OfStorage(RequestFailedException exception) => exception.Status is 401 or 403
        ? new(ProblemCodes.StorageForbidden, "The storage refused access. Give the service's identity the data roles for blobs, queues and tables.", innerException: exception)
        : new(ProblemCodes.StorageUnavailable,
            $"The storage did not answer as it should (status {exception.Status}, {exception.ErrorCode ?? "no code"}). Try again.", innerException: exception);

    /// <summary>Runs one call to the vault; its failures leave as KeyNotFound, KeyDisabled, KeyForbidden or KeyUnavailable.</summary>
    public static async Task<T> GuardAsync<T>(VaultScope scope, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException exception)
        {
            throw OfVault(scope, exception);
        }
        catch (CryptographicException)
        {
            throw Integrity(scope);
        }
        catch (Exception exception) when (IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(scope, exception);
        }
    }

    private static PipelineException OfVault(VaultScope scope, RequestFailedException exception) => exception.Status switch
    {
        404 or 409 => NoKey(scope, exception), // 409: deleted, and kept recoverable by the vault
        403 when IsDisabled(exception) => Disabled(scope, exception),
        401 or 403 => new(ProblemCodes.KeyForbidden,
            $"The service may not use the key '{scope.KeyName}'. Give its identity the role 'Key Vault Crypto Officer' on the vault.", innerException: exception),
        400 => Integrity(scope), // the vault cannot unwrap this: it was not wrapped by that key
        _ => Unavailable(scope, exception),
    };

    public static PipelineException Unavailable(VaultScope scope, Exception inner) => new(ProblemCodes.KeyUnavailable,
        $"The key vault did not answer for the key '{scope.KeyName}'. The request can be repeated.", innerException: inner);

    // The service answers 403 Forbidden for a disabled key and names the reason only in the inner error of the body.
    private static bool IsDisabled(RequestFailedException exception) =>
        exception.ErrorCode == "KeyDisabled" || exception.Message.Contains("disabled", StringComparison.OrdinalIgnoreCase);

    private static bool IsTransient(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or IOException or AuthenticationFailedException or AggregateException;

    private static string Name(VaultScope scope) => scope.Kind == VaultScopeKind.Dataset ? $"the dataset '{scope.Name}'" : $"the model '{scope.Name}'";
}
