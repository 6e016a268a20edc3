namespace AIaaS.Homomorphic.Ckks;

/// <summary>A sum of rotated inputs times constant vectors, in baby steps and giant steps: every matrix-vector product and convolution is one.</summary>
/// <param name="GiantStep">Steps of one giant rotation; the giants are summed by Horner's rule, so that one key serves all.</param>
/// <param name="Terms">The summands.</param>
public sealed record LinearTransform(int GiantStep, IReadOnlyList<DiagonalTerm> Terms)
{
    public int InputCount => Terms.Max(term => term.Input) + 1;

    public int GiantCount => Terms.Max(term => term.Giant) + 1;

    /// <summary>Rotations whose keys are needed at the transform's level.</summary>
    public IReadOnlyList<int> Rotations =>
        [.. Terms.Select(term => term.Baby).Where(step => step != 0).Concat(GiantCount > 1 ? [GiantStep] : []).Distinct().Order()];
}
