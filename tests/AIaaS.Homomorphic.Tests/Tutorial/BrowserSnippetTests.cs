using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Interop;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Tutorial;

/// <summary>The server of privacy/README.md with the browser's code of the same page.</summary>
public sealed class BrowserSnippetTests(SealPeer peer)
{
    [Fact]
    public async Task BrowserAndServer_OfTheTutorial_ComputeTheNetwork()
    {
        var random = new Random(3);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) / 4)];
        var network = new NetworkDescription(TensorShape.Vector(50), new ValueRange(-1, 1),
        [
            new DenseLayer(new WeightMatrix(8, 50, Draw(400))) { Bias = Draw(8) }, new SquareLayer(), new DenseLayer(new WeightMatrix(2, 8, Draw(16))) { Bias = Draw(2) },
        ]);
        var plan = NetworkPlanner.Plan(network);
        var input = Draw(50);
        using var seal = await peer.OpenAsync(SealSet.Small);

        using var published = new MemoryStream();
        new SealWriter().Write(published, plan.Parameters);
        var (relinearizationKeyBytes, galoisKeyBytes) = await seal.OpenBrowserAsync(published.ToArray(), [.. plan.RotationSteps]);
        var requestBytes = await seal.BrowserEncryptAsync(plan.Pack(input)[0], plan.InputScale);
        var replyBytes = Serve(plan, relinearizationKeyBytes, galoisKeyBytes, requestBytes);
        var outputs = plan.Unpack([await seal.BrowserDecryptAsync(replyBytes)]);

        var expected = network.Forward(input)[^1];
        for (var i = 0; i < expected.Length; i++) outputs[i].ShouldBe(expected[i], 10 * plan.PredictedError);
    }

    // snippet: server
    private static byte[] Serve(NetworkPlan plan, byte[] relinearizationKeyBytes, byte[] galoisKeyBytes, byte[] requestBytes)
    {
        var context = new CkksContext(plan.Parameters);
        var reader = new SealReader(context); // believes nothing: other parameters, wrong lengths, bombs are refused before memory is taken
        using var relinearizationKey = reader.ReadRelinearizationKey(relinearizationKeyBytes).Value;
        using var galoisKeys = reader.ReadGaloisKeys(galoisKeyBytes).Value;
        var evaluator = new CkksEvaluator(context, relinearizationKey, galoisKeys);
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(evaluator, plan);

        var read = reader.ReadCiphertext(requestBytes);
        using var request = read.Value;
        using var reply = executor.Run([request])[0];
        using var stream = new MemoryStream();
        new SealWriter(read.Version, SealCompression.Zstd).Write(stream, reply); // in the version that the client writes: SEAL reads few others
        return stream.ToArray();
    }
    // end
}
