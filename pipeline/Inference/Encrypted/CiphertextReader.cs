using System.Buffers.Binary;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Reads the ciphertexts of a request and holds them against the plan before anything is computed.</summary>
internal static class CiphertextReader
{
    /// <summary>Scales are powers of two; a client that encodes at another one is off by far more.</summary>
    private const double ScaleTolerance = 1e-9;

    /// <returns>The ciphertexts, to be disposed of, and how they were written.</returns>
    /// <exception cref="PipelineException">CiphertextInvalid, saying which and why; EvaluationKeysMismatch is for keys, this for all that is wrong with ciphertexts.</exception>
    public static (Ciphertext[] Ciphertexts, SealVersion Version, SealCompression Compression) Read(EncryptedNetwork network, int count, ReadOnlySpan<byte> tensor)
    {
        var plan = network.Plan;
        if (count != plan.Inputs.Count) throw Invalid($"A request for this model has {plan.Inputs.Count} ciphertexts; the shape says {count}");
        var reader = new SealReader(network.Context);
        var ciphertexts = new List<Ciphertext>(count);
        var (version, compression) = (SealVersion.Default, SealCompression.None);
        try
        {
            for (var index = 0; index < count; index++)
            {
                var read = reader.ReadCiphertext(Next(ref tensor, index, count));
                ciphertexts.Add(read.Value);
                (version, compression) = (read.Version, read.Compression);
                Check(read.Value, plan.InputLevel, plan.InputScale, index);
            }
            return tensor.IsEmpty ? ([.. ciphertexts], version, compression) : throw Invalid($"{tensor.Length} bytes are left behind the {count} ciphertexts of the shape");
        }
        catch (Exception exception)
        {
            foreach (var ciphertext in ciphertexts) ciphertext.Dispose();
            if (exception is HomomorphicException) throw new PipelineException(ProblemCodes.CiphertextInvalid, $"Ciphertext {ciphertexts.Count}: {exception.Message}", innerException: exception);
            throw;
        }
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> tensor, int index, int count)
    {
        if (tensor.Length < sizeof(uint)) throw Invalid($"The tensor ends before ciphertext {index} of {count}");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tensor);
        tensor = tensor[sizeof(uint)..];
        if (length > tensor.Length) throw Invalid($"Ciphertext {index} claims {length} bytes, {tensor.Length} are left");
        var bytes = tensor[..(int)length];
        tensor = tensor[(int)length..];
        return bytes;
    }

    private static void Check(Ciphertext ciphertext, int level, double scale, int index)
    {
        if (ciphertext.Size != 2) throw Invalid($"Ciphertext {index} has {ciphertext.Size} polynomials; send a fresh one, which has 2");
        if (ciphertext.Level != level) throw Invalid($"Ciphertext {index} is at level {ciphertext.Level}; the model takes level {level}. Encrypt at the highest level");
        if (Math.Abs(ciphertext.Scale - scale) > ScaleTolerance * scale)
            throw Invalid($"Ciphertext {index} has the scale 2^{Math.Log2(ciphertext.Scale):0.####}; the model takes 2^{Math.Log2(scale):0.####}. Encode at the scale in the model's metadata");
    }

    private static PipelineException Invalid(string detail) => new(ProblemCodes.CiphertextInvalid, $"{detail}.");
}
