namespace AIaaS.Pipeline.Registry;

/// <summary>What encrypted inference with a model takes and gives, known before anything is served: planned from the network, tried with real keys, measured on the test rows.</summary>
/// <param name="Squares">Layers with an activation; each takes a level.</param>
/// <param name="Levels">Primes that a fresh ciphertext carries.</param>
/// <param name="Degree">N of the parameter set; N/2 slots.</param>
/// <param name="PrimeBits">Sizes of the primes, the special one last.</param>
/// <param name="Security">The table by which the set has 128-bit security.</param>
/// <param name="Rotations">Different rotations that clients make keys for.</param>
/// <param name="PredictedMilliseconds">Of one request, server only, one thread, by the planner's cost model.</param>
/// <param name="PredictedError">Standard deviation of an output's error, by the planner's noise model.</param>
/// <param name="PrecisionBits">log2 of the largest measured output over the predicted error.</param>
/// <param name="HidingBits">By how much random fill exceeds what it hides in a reply, per slot.</param>
/// <param name="Ranges">Per linear layer.</param>
/// <param name="Trial">Some test rows, really encrypted.</param>
/// <param name="Accuracy">In the clear, on all test rows.</param>
public sealed record EncryptedReadiness(
    int Squares,
    int Levels,
    int Degree,
    IReadOnlyList<int> PrimeBits,
    string Security,
    int Rotations,
    double PredictedMilliseconds,
    double PredictedError,
    double PrecisionBits,
    double HidingBits,
    IReadOnlyList<ReadinessRange> Ranges,
    ReadinessTrial Trial,
    ReadinessAccuracy Accuracy);

/// <param name="Measured">Largest absolute output over the training rows.</param>
/// <param name="WorstCase">Whatever the pixels are, by interval arithmetic; pessimistic behind the first square.</param>
/// <param name="Planned">What the modulus has room for.</param>
public sealed record ReadinessRange(double Measured, double WorstCase, double Planned);

/// <param name="Rows">Encrypted, computed and decrypted where the model was trained.</param>
/// <param name="Agreement">Share of them with the class that the same network gives in the clear.</param>
/// <param name="WidestMiss">Distance of the two highest outputs in the clear, the largest among rows of another class; 0 where all agree. Within a few errors either class may win.</param>
/// <param name="RmsError">Of an output.</param>
/// <param name="MaxError">The largest of an output.</param>
/// <param name="Milliseconds">Median, server part, one thread, on the training machine.</param>
/// <param name="RequestBytes">Compressed, as clients send it.</param>
/// <param name="ReplyBytes">Compressed.</param>
/// <param name="KeyBytes">Relinearization and rotation keys, seeded and compressed; sent once.</param>
public sealed record ReadinessTrial(
    int Rows, double Agreement, double WidestMiss, double RmsError, double MaxError, double Milliseconds, long RequestBytes, long ReplyBytes, long KeyBytes);

/// <param name="Rows">Test rows.</param>
/// <param name="Polynomial">Share that the model gets right.</param>
/// <param name="Exact">The same for the network with ReLU, trained alike; null where the job asked for none.</param>
/// <param name="Agreement">Share on which both give the same class; null where the job asked for none.</param>
public sealed record ReadinessAccuracy(int Rows, double Polynomial, double? Exact, double? Agreement);
