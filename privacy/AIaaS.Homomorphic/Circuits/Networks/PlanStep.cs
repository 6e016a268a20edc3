using AIaaS.Homomorphic.Circuits.Linear;

namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>One step of a plan, at one level.</summary>
public abstract record PlanStep(int Level);

/// <summary>A linear layer: all ciphertexts in, one out per transform.</summary>
/// <param name="Level">Of inputs and outputs.</param>
/// <param name="PlaintextScale">Of the weights.</param>
/// <param name="OutputScale">True scale of the outputs, at which the bias is added.</param>
/// <param name="Transforms">One per output ciphertext.</param>
/// <param name="Biases">Per output ciphertext the bias in every slot that holds an output.</param>
public sealed record LinearStep(int Level, double PlaintextScale, double OutputScale, IReadOnlyList<FoldedTransform> Transforms, IReadOnlyList<double[]> Biases) : PlanStep(Level);

/// <summary>Square, relinearization and one rescale of every ciphertext.</summary>
/// <param name="Level">Before the rescale.</param>
public sealed record SquareStep(int Level) : PlanStep(Level);
