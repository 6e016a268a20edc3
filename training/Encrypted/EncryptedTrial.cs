using System.Buffers;
using AIaaS.Homomorphic.Circuits.Files;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Training.Encrypted;

/// <summary>Does with some rows what a client and the server will do: keys, encryption, the network, decryption.</summary>
internal sealed class EncryptedTrial(NetworkFile file, TimeProvider time)
{
    private static readonly SealWriter Writer = new(compression: SealCompression.Zstd);

    /// <param name="inputs">Pixels divided by 255, channel by channel; at least one row.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public ReadinessTrial Run(IReadOnlyList<double[]> inputs, CancellationToken cancellationToken)
    {
        var plan = file.Plan;
        var context = new CkksContext(plan.Parameters);
        var encoder = new CkksEncoder(context);
        var generator = new KeyGenerator(context);
        using var secret = generator.CreateSecretKey();
        using var relinearization = plan.RelinearizationLevel is null ? null : generator.CreateRelinearizationKey(secret);
        using var rotations = plan.RotationSteps.Count == 0 ? null : generator.CreateGaloisKeys(secret, plan.RotationSteps);
        var evaluator = new CkksEvaluator(context, relinearization, rotations);
        using var executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(evaluator, plan);
        var encryptor = new SymmetricEncryptor(secret);
        var decryptor = new Decryptor(secret);

        var times = new List<double>();
        var (same, missed, squares, worst, count) = (0, 0.0, 0.0, 0.0, 0);
        long requestBytes = 0, replyBytes = 0;
        foreach (var input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = plan.Pack(input).Select(slots => Encrypt(encoder, encryptor, slots)).ToArray();
            var started = time.GetTimestamp();
            var reply = executor.Run(request, cancellationToken);
            times.Add(time.GetElapsedTime(started).TotalMilliseconds);
            if (times.Count == 1) (requestBytes, replyBytes) = (request.Sum(Bytes), reply.Sum(Bytes));
            var results = plan.Unpack([.. reply.Select(part => Decrypt(encoder, decryptor, part))]);
            foreach (var ciphertext in request.Concat(reply)) ciphertext.Dispose();

            var wanted = file.Network.Forward(input)[^1];
            if (Best(results) == Best(wanted)) same++;
            else missed = Math.Max(missed, wanted.Max() - wanted.Order().ElementAt(wanted.Length - 2));
            for (var i = 0; i < results.Length; i++)
            {
                var error = Math.Abs(results[i] - wanted[i]);
                (squares, worst, count) = (squares + error * error, Math.Max(worst, error), count + 1);
            }
        }
        times.Sort();
        var keyBytes = (relinearization is null ? 0 : Length(buffer => Writer.Write(buffer, relinearization))) + (rotations is null ? 0 : Length(buffer => Writer.Write(buffer, rotations)));
        return new ReadinessTrial(inputs.Count, (double)same / inputs.Count, missed, Math.Sqrt(squares / count), worst, times[times.Count / 2], requestBytes, replyBytes, keyBytes);

        Ciphertext Encrypt(CkksEncoder encoding, SymmetricEncryptor encrypting, double[] slots)
        {
            using var plaintext = encoding.Encode(slots, plan.InputLevel, plan.InputScale);
            return encrypting.Encrypt(plaintext);
        }

        double[] Decrypt(CkksEncoder encoding, Decryptor decrypting, Ciphertext ciphertext)
        {
            using var plaintext = decrypting.Decrypt(ciphertext);
            var slots = new double[plan.Parameters.SlotCount];
            encoding.Decode(plaintext, slots);
            return slots;
        }
    }

    private static int Best(double[] values) => Array.IndexOf(values, values.Max());

    private static long Bytes(Ciphertext ciphertext) => Length(buffer => Writer.Write(buffer, ciphertext));

    private static long Length(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return buffer.WrittenCount;
    }
}
