using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>The encrypted scheme keeps the contract that the one in the clear keeps.</summary>
public sealed class CkksEvaluatorTests : EvaluatorConformance<Ciphertext, Plaintext, EncodedTransform>
{
    private static readonly Lazy<EncryptedScheme> Scheme = new(() => new EncryptedScheme(Parameters, Rotations));

    protected override IEvaluator<Ciphertext, Plaintext, EncodedTransform> Evaluator => Scheme.Value.Evaluator;

    protected override Ciphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale) => Scheme.Value.Encrypt(slots, level, scale);

    protected override Complex[] Decrypt(Ciphertext value) => Scheme.Value.Decrypt(value);
}
