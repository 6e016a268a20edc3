namespace AIaaS.NodeSeal;

/// <summary>What SEAL, or the program around it, answered instead of a result.</summary>
public sealed class NodeSealException(string message) : Exception(message);
