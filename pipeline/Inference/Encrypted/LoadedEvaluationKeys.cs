using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>One set of evaluation keys in memory, and the evaluator that computes with it.</summary>
internal sealed class LoadedEvaluationKeys(RelinearizationKey relinearization, GaloisKeys galois, int threads) : IDisposable
{
    public CkksEvaluator Evaluator { get; } = new(relinearization.Context, relinearization, galois) { Threads = threads };

    public void Dispose()
    {
        relinearization.Dispose();
        galois.Dispose();
    }
}
