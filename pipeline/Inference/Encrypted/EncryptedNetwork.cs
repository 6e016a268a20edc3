using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Pipeline.Registry;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>The network of one model version, its weights encoded, ready for any client's keys.</summary>
internal sealed class EncryptedNetwork : IDisposable
{
    private readonly NetworkExecutor<Ciphertext, Plaintext, EncodedTransform> _executor;
    private double _milliseconds;

    public EncryptedNetwork(ModelVersion version, NetworkDescription network, NetworkPlan plan, CkksContext context)
    {
        (Version, Network, Plan, Context) = (version, network, plan, context);
        _executor = new NetworkExecutor<Ciphertext, Plaintext, EncodedTransform>(new CkksEvaluator(context), plan);
        KeysId = ParametersId.OfKeys(plan.Parameters).ToString();
        RotationSteps = [.. plan.RotationSteps.Select(step => ((step % plan.Parameters.SlotCount) + plan.Parameters.SlotCount) % plan.Parameters.SlotCount).Distinct().Order()];
        _milliseconds = plan.PredictedMilliseconds;
    }

    public ModelVersion Version { get; }

    public NetworkDescription Network { get; }

    public NetworkPlan Plan { get; }

    /// <summary>Of everything that is computed with it.</summary>
    public CkksContext Context { get; }

    /// <summary>SEAL's parms_id of keys, hex.</summary>
    public string KeysId { get; }

    /// <summary>Rotations that it needs keys for, 1 to N/2 - 1, ascending.</summary>
    public IReadOnlyList<int> RotationSteps { get; }

    /// <summary>How long a request computes: what the last one took, and before there was one what the plan predicts.</summary>
    public TimeSpan ExpectedTime => TimeSpan.FromMilliseconds(Volatile.Read(ref _milliseconds));

    /// <summary>Bytes that the network of a plan takes: encoded weights over the level's primes and the special one, biases, and the plan's own numbers.</summary>
    public static long CostOf(NetworkPlan plan)
    {
        var row = (plan.Parameters.Degree + 8L) * sizeof(double);
        return plan.Steps.OfType<LinearStep>().Sum(step =>
            step.Transforms.Sum(part => part.Transform.Terms.Count * (((step.Level + 2) * row) + (plan.Parameters.SlotCount * sizeof(double)))) + (step.Biases.Count * (step.Level + 1) * row));
    }

    /// <returns>The reply, to be disposed of.</returns>
    /// <exception cref="AIaaS.Homomorphic.HomomorphicException">The request is not of the plan's shape, level or scale.</exception>
    public Ciphertext[] Run(CkksEvaluator keys, IReadOnlyList<Ciphertext> request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var reply = _executor.Run(keys, request, cancellationToken);
        Volatile.Write(ref _milliseconds, clock.GetElapsedTime(started).TotalMilliseconds);
        return reply;
    }

    public void Dispose() => _executor.Dispose();
}
