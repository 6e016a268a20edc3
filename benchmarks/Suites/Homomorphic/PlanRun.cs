using System.Numerics;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A plan with keys, an encrypted image, and the executor.</summary>
internal sealed class PlanRun : IDisposable
{
    private readonly TrainedNetwork _network;
    private readonly Client _client;
    private readonly Ciphertext[] _request;
    private NetworkExecutor<Ciphertext, Plaintext, EncodedTransform> _executor;

    public PlanRun(TrainedNetwork network, NetworkPlan plan)
    {
        _network = network;
        Plan = plan;
        Set = new ParameterSet("plan", plan.Parameters.Degree, [.. plan.Parameters.Primes.Select(prime => 64 - BitOperations.LeadingZeroCount(prime))]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _client = new Client(plan.Parameters, plan.RotationSteps);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        KeysInMemory = after - before;
        _executor = new(_client.Evaluator, plan);
        WeightsInMemory = GC.GetTotalMemory(forceFullCollection: true) - after;
        _request = Request(0);
    }

    public NetworkPlan Plan { get; }

    public ParameterSet Set { get; }

    /// <summary>Bytes on the heap for context and keys.</summary>
    public long KeysInMemory { get; }

    /// <summary>Bytes on the heap for encoded weights.</summary>
    public long WeightsInMemory { get; }

    public void Execute() => Array.ForEach(_executor.Run(_request), reply => reply.Dispose());

    public void UseThreads(int threads)
    {
        _executor.Dispose();
        _executor = new(_client.WithThreads(threads), Plan);
    }

    /// <returns>Root of the mean square error of the logits, and the fraction of images whose class is the same as in the clear.</returns>
    public (double Rms, double Agreement) Precision(int images)
    {
        var (squares, agree) = (0.0, 0);
        for (var image = 0; image < images; image++)
        {
            var request = Request(image);
            var reply = _executor.Run(request);
            var logits = Plan.Unpack([.. reply.Select(_client.Decrypt)]);
            var expected = _network.Logits(image);
            squares += logits.Zip(expected, (a, b) => (a - b) * (a - b)).Average();
            if (Array.IndexOf(logits, logits.Max()) == Array.IndexOf(expected, expected.Max())) agree++;
            Array.ForEach(request, value => value.Dispose());
            Array.ForEach(reply, value => value.Dispose());
        }
        return (Math.Sqrt(squares / images), agree / (double)images);
    }

    public void Check(double[] logits, int image, double limit)
    {
        var worst = logits.Zip(_network.Logits(image), (a, b) => Math.Abs(a - b)).Max();
        if (!(worst <= limit)) throw new InvalidOperationException($"A logit is off by {worst}; {limit} is allowed.");
    }

    public long KeyBytes() => _client.KeyBytes();

    public void Dispose()
    {
        _executor.Dispose();
        Array.ForEach(_request, value => value.Dispose());
        _client.Dispose();
    }

    private Ciphertext[] Request(int image) => [.. Plan.Pack(_network.Image(image)).Select(slots => _client.Encrypt(slots, Plan.InputScale))];
}
