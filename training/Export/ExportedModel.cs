namespace AIaaS.Training.Export;

/// <param name="File">ONNX bytes.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
/// <param name="Folded">Whether the scaling of images is in the first layer's weights.</param>
/// <param name="LatencyMicroseconds">Median of a run with one row, one thread.</param>
/// <param name="VerifiedRows">Rows on which it gives what the trained network gives.</param>
internal sealed record ExportedModel(byte[] File, string Sha256, bool Folded, double LatencyMicroseconds, int VerifiedRows);
