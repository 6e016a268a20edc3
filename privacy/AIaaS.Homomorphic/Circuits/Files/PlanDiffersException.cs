namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>A whole file, but this version of the planner lays its network out otherwise than the one that wrote it: requests and keys made for the published layout would not fit.</summary>
public sealed class PlanDiffersException(string message) : NetworkFileException(message);
