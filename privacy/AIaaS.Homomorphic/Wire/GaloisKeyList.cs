using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Wire;

/// <summary>Which Galois keys an object holds.</summary>
/// <param name="Elements">Galois elements, ascending.</param>
/// <param name="Steps">The rotations among them, to the left, 1 to N/2 - 1, ascending.</param>
/// <param name="Conjugation">Whether complex conjugation is among them.</param>
public sealed record GaloisKeyList(IReadOnlyList<int> Elements, IReadOnlyList<int> Steps, bool Conjugation)
{
    internal static GaloisKeyList Of(CkksContext context, IReadOnlyCollection<int> elements)
    {
        var present = elements.ToHashSet();
        var steps = Enumerable.Range(1, context.Parameters.SlotCount - 1).Where(step => present.Contains(context.GaloisElement(step)));
        return new GaloisKeyList([.. elements.Order()], [.. steps], present.Contains(context.ConjugationElement));
    }
}
