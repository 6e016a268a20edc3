using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

/// <summary>Secure parameters, our own keys: what a client sends a server and what comes back.</summary>
public sealed class OwnObjectTests
{
    [Theory]
    [InlineData(SealCompression.None)]
    [InlineData(SealCompression.Zlib)]
    [InlineData(SealCompression.Zstd)]
    public void Client_SendsKeysAndInput_AndReadsTheReply(SealCompression compression)
    {
        var writer = new SealWriter(compression: compression);
        var client = new CkksContext(CkksParameters.Create(8192, [46, 40, 40, 46]));
        var keys = new KeyGenerator(client);
        using var secret = keys.CreateSecretKey();
        using var plaintext = new CkksEncoder(client).Encode([1.5, -2, 3], client.Parameters.MaxLevel, Math.Pow(2, 40));
        using var input = new SymmetricEncryptor(secret).Encrypt(plaintext);
        using var clientGalois = keys.CreateGaloisKeys(secret, [1, -3]);
        using var clientRelinearization = keys.CreateRelinearizationKey(secret);

        var sent = new MemoryStream();
        writer.Write(sent, client.Parameters);
        writer.Write(sent, clientRelinearization);
        writer.Write(sent, clientGalois);
        writer.Write(sent, input);
        sent.Position = 0;

        var parameters = SealReader.ReadParameters(sent);
        var server = new CkksContext(parameters.Value);
        var reader = new SealReader(server);
        using var relinearization = reader.ReadRelinearizationKey(sent).Value;
        using var galois = reader.ReadGaloisKeys(sent, maxKeys: 2).Value;
        using var received = reader.ReadCiphertext(sent).Value;
        sent.Position.ShouldBe(sent.Length);
        var evaluator = new CkksEvaluator(server, relinearization, galois);
        using var square = evaluator.Square(received);
        using var relinearized = evaluator.Relinearize(square);
        using var rescaled = evaluator.Rescale(relinearized);
        using var rotated = evaluator.Rotate(rescaled, 1);
        var reply = new MemoryStream();
        new SealWriter(parameters.Version, compression).Write(reply, rotated);

        using var result = new SealReader(client).ReadCiphertext(reply.ToArray()).Value;
        using var decrypted = new Decryptor(secret).Decrypt(result);
        var slots = new double[3];
        new CkksEncoder(client).Decode(decrypted, slots);
        slots[0].ShouldBe(4, 1e-5);
        slots[1].ShouldBe(9, 1e-5);
    }
}
