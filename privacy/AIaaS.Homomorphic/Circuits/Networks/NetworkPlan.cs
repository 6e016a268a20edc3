using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>How a network is computed on encrypted slots: every operation with its level, and what that costs, needs and loses.</summary>
public sealed record NetworkPlan
{
    public required CkksParameters Parameters { get; init; }

    /// <summary>What a client packs into each ciphertext of a request; encrypted at the highest level.</summary>
    public required IReadOnlyList<SlotMap> Inputs { get; init; }

    /// <summary>Slots from one repetition of the input, or of a convolution's grid, to the next.</summary>
    public required int Repetition { get; init; }

    /// <summary>Of an input vector.</summary>
    public required int InputCount { get; init; }

    public required double InputScale { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>Per ciphertext of the reply which result stands where, once each; all other slots are filled at random.</summary>
    public required IReadOnlyList<SlotMap> Outputs { get; init; }

    /// <summary>Of a result vector.</summary>
    public required int OutputCount { get; init; }

    public required double OutputScale { get; init; }

    /// <summary>Random fill is uniform within plus and minus this.</summary>
    public required double FillAmplitude { get; init; }

    /// <summary>log2 of 2 * fill amplitude over the largest hidden value: per slot, the statistical distance from hiding it perfectly is 2^-this.</summary>
    public required double HidingBits { get; init; }

    /// <summary>Rotations the plan does, ascending; with the relinearization key all the keys a client makes.</summary>
    public required IReadOnlyList<RotationKey> RotationKeys { get; init; }

    /// <summary>Highest level that something is relinearized at; null for a network without activations.</summary>
    public required int? RelinearizationLevel { get; init; }

    /// <summary>Per linear layer.</summary>
    public required IReadOnlyList<LayerRange> Ranges { get; init; }

    /// <summary>Predicted standard deviation of an output's error.</summary>
    public required double PredictedError { get; init; }

    /// <summary>By the unit costs the planner was given; one thread, server only.</summary>
    public required double PredictedMilliseconds { get; init; }

    public int InputLevel => Parameters.MaxLevel;

    public IReadOnlyList<int> RotationSteps => [.. RotationKeys.Select(key => key.Steps)];

    /// <summary>Keys a client makes: rotations and relinearization.</summary>
    public int KeyCount => RotationKeys.Count + (RelinearizationLevel is null ? 0 : 1);

    /// <summary>Bytes of all keys at the full level, as SEAL makes them, their second halves sent as seeds; before compression.</summary>
    public long SeededKeyBytes => (long)KeyCount * Parameters.DataPrimeCount * Parameters.Primes.Length * Parameters.Degree * sizeof(ulong);

    /// <returns>Rotations done at each level: hoisted, of sums, folds.</returns>
    public IReadOnlyDictionary<int, int> RotationsByLevel() => Steps.OfType<LinearStep>().ToDictionary(
        step => step.Level,
        step => step.Transforms.Sum(part => part.BabyRotations + part.GiantRotations + part.Folds.Count));

    /// <returns>The slots of every ciphertext of a request.</returns>
    /// <exception cref="HomomorphicException">The input has another size or holds something that is no finite number.</exception>
    public double[][] Pack(ReadOnlySpan<double> input)
    {
        if (input.Length != InputCount) throw new HomomorphicException($"The network takes {InputCount} values; {input.Length} were given.");
        foreach (var value in input)
            if (!double.IsFinite(value)) throw new HomomorphicException($"An input holds finite numbers, not {value}.");
        var slots = new double[Inputs.Count][];
        for (var i = 0; i < slots.Length; i++) slots[i] = Inputs[i].Pack(input);
        return slots;
    }

    /// <summary>Reads the results from the decrypted slots of a reply.</summary>
    /// <exception cref="HomomorphicException">There are too few ciphertexts or slots.</exception>
    public double[] Unpack(IReadOnlyList<double[]> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Count != Outputs.Count || reply.Any(slots => slots.Length != Parameters.SlotCount))
            throw new HomomorphicException($"A reply has {Outputs.Count} ciphertexts of {Parameters.SlotCount} slots.");
        var results = new double[OutputCount];
        for (var part = 0; part < reply.Count; part++)
            for (var slot = 0; slot < Parameters.SlotCount; slot++)
                if (Outputs[part][slot] != SlotMap.Empty) results[Outputs[part][slot]] = reply[part][slot];
        return results;
    }
}
