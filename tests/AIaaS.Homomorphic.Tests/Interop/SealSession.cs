using System.Text.Json.Nodes;
using AIaaS.NodeSeal;

namespace AIaaS.Homomorphic.Tests.Interop;

/// <summary>What SEAL is asked to do; see local/NodeSeal/interop.mjs.</summary>
internal sealed class SealSession(NodeSealProcess process, ulong[] primes, SemaphoreSlim one) : IDisposable
{
    public IReadOnlyList<ulong> Primes => primes;

    /// <summary>Keys of SEAL's own, or around a secret key of ours.</summary>
    public Task MakeKeysAsync(byte[]? secret = null) => CallAsync("keys", ("data", secret));

    public Task<byte[]> SaveAsync(string what, string mode, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        BytesAsync("save", [("what", what), ("mode", mode), .. arguments]);

    public Task LoadKeysAsync(byte[]? relinearization, byte[]? galois) => CallAsync("loadKeys", ("relinearization", relinearization), ("galois", galois));

    public Task<byte[]> EvaluateAsync(byte[] ciphertext, JsonArray instructions, string mode) =>
        BytesAsync("evaluate", [("data", ciphertext), ("instructions", instructions), ("mode", mode)]);

    /// <summary>With a public key of ours.</summary>
    public Task<byte[]> EncryptAsync(byte[] publicKey, double[] values, double scale, string mode) =>
        BytesAsync("encrypt", [("publicKey", publicKey), ("values", values), ("scale", scale), ("mode", mode)]);

    public Task<double[]> DecodeAsync(byte[] plaintext) => ValuesAsync("decode", plaintext);

    public Task<double[]> DecryptAsync(byte[] ciphertext) => ValuesAsync("decrypt", ciphertext);

    public async Task<(int Degree, ulong[] Primes)> ReadParametersAsync(byte[] data)
    {
        var answer = await CallAsync("parameters", ("data", data));
        return (answer["degree"]!.GetValue<int>(), [.. answer["primes"]!.AsArray().Select(prime => ulong.Parse(prime!.GetValue<string>()))]);
    }

    /// <summary>The tutorial's browser makes its keys.</summary>
    public async Task<(byte[] RelinearizationKey, byte[] GaloisKeys)> OpenBrowserAsync(byte[] parameters, int[] steps)
    {
        var answer = await CallAsync("browser", ("parameters", parameters), ("steps", steps));
        return (Convert.FromBase64String(answer["relinearizationKey"]!.GetValue<string>()), Convert.FromBase64String(answer["galoisKeys"]!.GetValue<string>()));
    }

    public Task<byte[]> BrowserEncryptAsync(double[] values, double scale) => BytesAsync("browserEncrypt", [("values", values), ("scale", scale)]);

    public Task<double[]> BrowserDecryptAsync(byte[] ciphertext) => ValuesAsync("browserDecrypt", ciphertext);

    public void Dispose() => one.Release();

    private async Task<double[]> ValuesAsync(string command, byte[] data)
    {
        var answer = await CallAsync(command, ("data", data));
        return [.. answer["values"]!.AsArray().Select(value => value!.GetValue<double>())];
    }

    private Task<byte[]> BytesAsync(string command, params ReadOnlySpan<(string, object?)> arguments)
    {
        return FromBase64(CallAsync(command, arguments));

        static async Task<byte[]> FromBase64(Task<JsonObject> answer) => Convert.FromBase64String((await answer)["data"]!.GetValue<string>());
    }

    private Task<JsonObject> CallAsync(string command, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var request = new JsonObject { ["do"] = command };
        foreach (var (name, value) in arguments)
            request[name] = value switch
            {
                byte[] bytes => Convert.ToBase64String(bytes),
                double[] values => new JsonArray([.. values.Select(number => (JsonNode)number)]),
                int[] values => new JsonArray([.. values.Select(number => (JsonNode)number)]),
                double number => number,
                string text => text,
                JsonArray array => array,
                _ => null,
            };
        return process.CallAsync(request, TestContext.Current.CancellationToken);
    }
}
