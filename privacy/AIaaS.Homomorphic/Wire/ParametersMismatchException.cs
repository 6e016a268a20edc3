namespace AIaaS.Homomorphic.Wire;

/// <summary>An object is well formed but belongs to other parameters, or to another level, than were expected.</summary>
public sealed class ParametersMismatchException(string message) : WireFormatException(message);
