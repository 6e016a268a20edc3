namespace AIaaS.Pipeline.EvaluationKeys;

/// <summary>A set of evaluation keys as its caller sees it.</summary>
/// <param name="Id">SHA-256 of the whole, lower-case hex.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="Bytes">Of the whole, as announced.</param>
/// <param name="CreatedOn">First part.</param>
/// <param name="ExpiresOn">Deleted after this; use puts it off.</param>
/// <param name="Received">While it is being received: which bytes are there, as "0-4194303"; null afterwards.</param>
/// <param name="Keys">What is in it, once it was checked.</param>
public sealed record EvaluationKeySet(
    string Id, EvaluationKeyStatus Status, long Bytes, DateTimeOffset CreatedOn, DateTimeOffset ExpiresOn, IReadOnlyList<string>? Received, EvaluationKeyContent? Keys);

/// <summary>What a set holds.</summary>
/// <param name="Degree">N.</param>
/// <param name="PrimeBits">Sizes of the primes, the special one last.</param>
/// <param name="ParametersId">SEAL's parms_id of keys, hex: sets and models with the same one belong together.</param>
/// <param name="RotationSteps">Rotations to the left that there are keys for, 1 to N/2 - 1, ascending.</param>
/// <param name="MemoryBytes">What the keys take once they are in memory.</param>
public sealed record EvaluationKeyContent(int Degree, IReadOnlyList<int> PrimeBits, string ParametersId, IReadOnlyList<int> RotationSteps, long MemoryBytes);
