using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azure.Security.KeyVault.Keys;

/// <summary>Refusals as Key Vault words them: a status, an error code, and sometimes an inner code that says more.</summary>
internal static class VaultFault
{
    public static RequestFailedException KeyNotFound(string name, string? version) =>
        Make(404, "KeyNotFound", $"A key with (name/id) {name}{(version is null ? "" : "/" + version)} was not found in this key vault. If you recently deleted this key you may be able to recover it.");

    public static RequestFailedException DeletedKeyNotFound(string name) => Make(404, "KeyNotFound", $"Deleted Key not found: {name}");

    public static RequestFailedException NameInUse(string name) =>
        Make(409, "Conflict", $"Key {name} is currently in a deleted but recoverable state, and its name cannot be reused; recover or purge it.", "ObjectIsDeletedButRecoverable");

    public static RequestFailedException Disabled(KeyOperation operation) =>
        Make(403, "Forbidden", $"Operation {operation} is not allowed on a disabled key.", "KeyDisabled");

    public static RequestFailedException NotYetValid(KeyOperation operation) =>
        Make(403, "Forbidden", $"Operation {operation} is not allowed on a key that is not yet valid.", "KeyNotYetValid");

    public static RequestFailedException Expired(KeyOperation operation) =>
        Make(403, "Forbidden", $"Operation {operation} is not allowed on an expired key.", "KeyExpired");

    public static RequestFailedException NotPermitted(KeyOperation operation) =>
        Make(403, "Forbidden", $"Operation {operation} is not permitted on this key.", "KeyOperationForbidden");

    public static RequestFailedException BadParameter(string what) => Make(400, "BadParameter", what);

    /// <summary>The folder, not the caller, is at fault.</summary>
    public static RequestFailedException Damaged(string what, Exception? cause = null) => Make(500, "VaultDamaged", what, cause: cause);

    public static RequestFailedException Unavailable(string what, Exception? cause = null) => Make(503, "VaultUnavailable", what, cause: cause);

    private static RequestFailedException Make(int status, string code, string message, string? innerCode = null, Exception? cause = null)
    {
        var error = new VaultError(new(code, message, innerCode is null ? null : new(innerCode)));
        var content = JsonSerializer.SerializeToUtf8Bytes(error, VaultErrorJson.Default.VaultError);
        return new RequestFailedException(new VaultResponse(status, content), cause);
    }
}

internal sealed record VaultError(VaultErrorBody Error);

internal sealed record VaultErrorBody(string Code, string Message, [property: JsonPropertyName("innererror")] VaultInnerError? InnerError);

internal sealed record VaultInnerError(string Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VaultError))]
internal sealed partial class VaultErrorJson : JsonSerializerContext;
