namespace AIaaS.Cli.Demo;

/// <summary>What demo --json writes at its end.</summary>
/// <param name="Accuracy">Share of the held-out digits that the served model got right, 0 to 1.</param>
/// <param name="Goal">The least that counts as working.</param>
/// <param name="Predicted">Held-out digits.</param>
/// <param name="LatencyP50Ms">Of one HTTP request with one digit, seen by the client.</param>
/// <param name="LatencyP99Ms">The same.</param>
/// <param name="FirstPredictionMs">The first request, which decrypts, verifies and loads the model.</param>
/// <param name="ModelVersion">Published by the job.</param>
/// <param name="TrainingSeconds">From submission to publication.</param>
/// <param name="TotalSeconds">The whole demo.</param>
/// <param name="BlobsSearched">Blobs in storage, read as they lie there.</param>
/// <param name="PlaintextRowsFound">Rows of pixels found in them; 0 when everything is encrypted.</param>
/// <param name="PlaintextRowsSearched">Rows that were looked for.</param>
/// <param name="CiphertextEntropy">Bits per byte of the largest shard.</param>
public sealed record DemoReport(
    double Accuracy, double Goal, int Predicted, double LatencyP50Ms, double LatencyP99Ms, double FirstPredictionMs, int ModelVersion,
    double TrainingSeconds, double TotalSeconds, int BlobsSearched, int PlaintextRowsFound, int PlaintextRowsSearched, double CiphertextEntropy);
