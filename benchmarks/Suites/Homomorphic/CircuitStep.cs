using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>One step of a circuit on one ciphertext, described once for both sides.</summary>
internal abstract record CircuitStep;

internal sealed record TransformStep(LinearTransform Transform, double Scale) : CircuitStep;

/// <summary>x += rotate(x, step), one after the other.</summary>
internal sealed record FoldStep(IReadOnlyList<int> Steps) : CircuitStep;

internal sealed record BiasStep(double[] Values) : CircuitStep;

/// <summary>Relinearization included.</summary>
internal sealed record SquaringStep : CircuitStep;

internal sealed record RescaleStep : CircuitStep;
