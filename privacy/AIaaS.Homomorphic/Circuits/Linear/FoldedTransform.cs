using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>One ciphertext of a linear layer's result: a transform of the inputs, then rotations that are added to what they rotate.</summary>
/// <param name="Transform">Rotations and plaintexts.</param>
/// <param name="Folds">Steps; value += rotate(value, step) for each.</param>
/// <param name="Result">Which output each slot holds afterwards; slots that are empty hold something else.</param>
/// <param name="Instances">Different rotations of the inputs (T).</param>
/// <param name="SummandsPerOutput">Products with a plaintext that are summed for one output, zeros included: their rounding adds up.</param>
public sealed record FoldedTransform(LinearTransform Transform, IReadOnlyList<int> Folds, SlotMap Result, int Instances, int SummandsPerOutput)
{
    /// <summary>Every rotation that is done, in any order.</summary>
    public IEnumerable<int> Rotations => Transform.Rotations.Concat(Folds).Distinct();

    /// <summary>Hoisted rotations of inputs.</summary>
    public int BabyRotations => Transform.Terms.Where(term => term.Baby != 0).Select(term => (term.Input, term.Baby)).Distinct().Count();

    /// <summary>Rotations of sums.</summary>
    public int GiantRotations => Transform.GiantCount - 1;
}
