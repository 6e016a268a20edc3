using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ckks.Clear;

namespace AIaaS.Homomorphic.Tests.Ckks.Clear;

public sealed class ClearEvaluatorTests : EvaluatorConformance<ClearCiphertext, ClearPlaintext, ClearTransform>
{
    private readonly ClearEvaluator _evaluator = new(Parameters);

    protected override IEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform> Evaluator => _evaluator;

    protected override ClearCiphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale) => _evaluator.Encrypt(slots, level, scale);

    protected override Complex[] Decrypt(ClearCiphertext value) => _evaluator.Decrypt(value);
}
