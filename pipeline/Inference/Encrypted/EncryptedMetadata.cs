using System.Text.Json.Serialization;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Problems;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>What a client must know to encrypt for a model version.</summary>
/// <param name="ModelVersion">The version that this is about; a request says it.</param>
/// <param name="Parameters">SEAL's EncryptionParameters, uncompressed, in base64.</param>
/// <param name="ParmsId">SEAL's parms_id of keys, hex.</param>
/// <param name="RotationSteps">Galois keys to make: rotations to the left.</param>
/// <param name="Input">How an input is packed and encrypted.</param>
/// <param name="Output">How a reply is read.</param>
/// <param name="EvaluationKeyBytes">Of the keys, seeded, before compression.</param>
/// <param name="PredictedError">Standard deviation of an output's error.</param>
/// <param name="HidingBits">By how many bits the random fill of a reply exceeds what it hides.</param>
/// <param name="ExpectedMilliseconds">Of one request on this server; beyond the server's limit the answer is 202.</param>
public sealed record EncryptedMetadata(
    [property: JsonPropertyName("model_version")] string ModelVersion,
    string Parameters,
    [property: JsonPropertyName("parms_id")] string ParmsId,
    [property: JsonPropertyName("rotation_steps")] IReadOnlyList<int> RotationSteps,
    EncryptedInput Input,
    EncryptedOutput Output,
    [property: JsonPropertyName("evaluation_key_bytes")] long EvaluationKeyBytes,
    [property: JsonPropertyName("predicted_error")] double PredictedError,
    [property: JsonPropertyName("hiding_bits")] double HidingBits,
    [property: JsonPropertyName("expected_milliseconds")] double ExpectedMilliseconds)
{
    internal static EncryptedMetadata Of(EncryptedNetwork network)
    {
        var plan = network.Plan;
        using var parameters = new MemoryStream();
        new SealWriter().Write(parameters, plan.Parameters);
        return new EncryptedMetadata(
            network.Version.Version.ToString(),
            Convert.ToBase64String(parameters.ToArray()),
            network.KeysId,
            network.RotationSteps,
            new EncryptedInput(
                [network.Network.Input.Channels, network.Network.Input.Height, network.Network.Input.Width],
                [network.Network.InputRange.Low, network.Network.InputRange.High],
                plan.InputLevel,
                plan.InputScale,
                [.. plan.Inputs.Select(map => Runs(PackingRun.Of(map)))]),
            new EncryptedOutput(plan.OutputCount, 0, plan.OutputScale, [.. plan.Outputs.Select(map => Runs(PackingRun.Of(map)))]),
            plan.SeededKeyBytes,
            plan.PredictedError,
            plan.HidingBits,
            Math.Round(network.ExpectedTime.TotalMilliseconds, 1));
    }

    private static IReadOnlyList<IReadOnlyList<int>> Runs(IReadOnlyList<PackingRun> runs) => [.. runs.Select(run => (IReadOnlyList<int>)[run.Slot, run.Element, run.Count, run.Step])];
}

/// <param name="Shape">Channels, rows and columns; the vector is flattened in this order.</param>
/// <param name="Range">Every value lies within.</param>
/// <param name="Level">To be encrypted at: the highest.</param>
/// <param name="Scale">To be encoded at.</param>
/// <param name="Layout">Per ciphertext its runs [slot, element, count, step]: slot + i holds element + i * step, i below count; all other slots are zero.</param>
public sealed record EncryptedInput(IReadOnlyList<int> Shape, IReadOnlyList<double> Range, int Level, double Scale, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Layout);

/// <param name="Count">Values of the result.</param>
/// <param name="Level">Of the reply: the lowest.</param>
/// <param name="Scale">Of the reply.</param>
/// <param name="Layout">As of the input, each value once; all other slots are random.</param>
public sealed record EncryptedOutput(int Count, int Level, double Scale, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Layout);

/// <summary>Describes versions that answer on encrypted input.</summary>
public sealed class EncryptedModels(EncryptedNetworkCache networks)
{
    /// <returns>Null when the version does not.</returns>
    /// <exception cref="PipelineException">What loading the network throws.</exception>
    public async Task<EncryptedMetadata?> DescribeAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.NetworkBlob is null) return null;
        using var network = await networks.AcquireAsync(version, cancellationToken);
        return EncryptedMetadata.Of(network.Value);
    }
}
