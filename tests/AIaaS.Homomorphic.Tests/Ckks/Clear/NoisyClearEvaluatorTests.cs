using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ckks.Clear;

namespace AIaaS.Homomorphic.Tests.Ckks.Clear;

public sealed class NoisyClearEvaluatorTests : EvaluatorConformance<ClearCiphertext, ClearPlaintext, ClearTransform>
{
    private readonly ClearEvaluator _evaluator = new(Parameters, noiseSeed: 5);

    protected override IEvaluator<ClearCiphertext, ClearPlaintext, ClearTransform> Evaluator => _evaluator;

    [Fact]
    public void Noise_OfAFreshEncryption_HasTheModelledSize()
    {
        using var value = _evaluator.Encrypt(new Complex[Parameters.SlotCount], 1, 1 << 20);
        var deviation = Math.Sqrt(_evaluator.Decrypt(value).Average(slot => slot.Real * slot.Real + slot.Imaginary * slot.Imaginary));
        deviation.ShouldBe(NoiseModel.Fresh(Parameters.Degree) / (1 << 20), 0.05 * deviation);
    }

    [Fact]
    public void Noise_OfARotation_FollowsTheSpecialPrime()
    {
        var small = CkksParameters.Create(8192, [50, 50, 40]);
        NoiseModel.KeySwitch(small, 1).ShouldBeGreaterThan(500 * NoiseModel.KeySwitch(Parameters, 1));
    }

    [Fact]
    public void LiveCiphertexts_CountsWhatWasNotDisposedOf()
    {
        var evaluator = new ClearEvaluator(Parameters);
        var value = evaluator.Encrypt([1.0, 2.0], 1, 4);
        evaluator.Negate(value).Dispose();
        evaluator.LiveCiphertexts.ShouldBe(1);
        value.Dispose();
        value.Dispose();
        evaluator.LiveCiphertexts.ShouldBe(0);
    }

    protected override ClearCiphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale) => _evaluator.Encrypt(slots, level, scale);

    protected override Complex[] Decrypt(ClearCiphertext value) => _evaluator.Decrypt(value);
}
