namespace AIaaS.Homomorphic.Ckks;

/// <summary>One summand of a linear transform: rotate(input, giant * GiantStep + baby), times these values slot by slot.</summary>
/// <param name="Input">Which of the inputs.</param>
/// <param name="Baby">Steps rotated to the left by one hoisted rotation.</param>
/// <param name="Giant">How often the giant step is rotated on top.</param>
/// <param name="Values">By slot of the result; shorter than the slots means zeros.</param>
public sealed record DiagonalTerm(int Input, int Baby, int Giant, double[] Values);
