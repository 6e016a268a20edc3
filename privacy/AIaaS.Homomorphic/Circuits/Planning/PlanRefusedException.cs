namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>No safe plan exists under the given options; the message says what is missing, in numbers, and what to change.</summary>
public sealed class PlanRefusedException(string message) : HomomorphicException(message);
