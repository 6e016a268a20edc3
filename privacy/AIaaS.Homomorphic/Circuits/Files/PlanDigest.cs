using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>SHA-256 of all that a plan does and that client and server must agree on: parameters, layouts, levels, scales, rotations, plaintexts.</summary>
/// <remarks>Predictions are left out: they go through functions whose last bit may differ from machine to machine, and nothing depends on them.</remarks>
internal static class PlanDigest
{
    public const int Size = SHA256.HashSizeInBytes;

    public static byte[] Of(NetworkPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, plan.Parameters.Degree);
        Add(hash, plan.Parameters.Primes.Length);
        foreach (var prime in plan.Parameters.Primes) Add(hash, (long)prime);
        Add(hash, plan.InputScale);
        Add(hash, plan.Inputs);
        Add(hash, plan.Outputs);
        Add(hash, plan.RelinearizationLevel ?? -1);
        foreach (var key in plan.RotationKeys)
        {
            Add(hash, key.Steps);
            Add(hash, key.Level);
        }
        foreach (var step in plan.Steps)
        {
            Add(hash, step.Level);
            if (step is LinearStep linear) Add(hash, linear);
        }
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, LinearStep step)
    {
        Add(hash, step.PlaintextScale);
        Add(hash, step.OutputScale);
        Add(hash, step.Transforms.Count);
        foreach (var part in step.Transforms) Add(hash, part);
        foreach (var bias in step.Biases) Add(hash, bias);
    }

    private static void Add(IncrementalHash hash, FoldedTransform part)
    {
        Add(hash, part.Transform.GiantStep);
        Add(hash, part.Transform.Terms.Count);
        foreach (var term in part.Transform.Terms)
        {
            Add(hash, term.Input);
            Add(hash, term.Baby);
            Add(hash, term.Giant);
            Add(hash, term.Values);
        }
        Add(hash, part.Folds.Count);
        foreach (var fold in part.Folds) Add(hash, fold);
    }

    private static void Add(IncrementalHash hash, IReadOnlyList<SlotMap> maps)
    {
        Add(hash, maps.Count);
        foreach (var map in maps)
            foreach (var element in map.Elements) Add(hash, element);
    }

    private static void Add(IncrementalHash hash, double[] values)
    {
        Add(hash, values.Length);
        if (BitConverter.IsLittleEndian) hash.AppendData(MemoryMarshal.AsBytes<double>(values));
        else foreach (var value in values) Add(hash, value);
    }

    private static void Add(IncrementalHash hash, double value) => Add(hash, BitConverter.DoubleToInt64Bits(value));

    private static void Add(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
