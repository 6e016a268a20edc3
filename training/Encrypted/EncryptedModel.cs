using AIaaS.Pipeline.Registry;

namespace AIaaS.Training.Encrypted;

/// <summary>What a model for encrypted inference has beside its ONNX file.</summary>
/// <param name="NetworkFile">Bytes of the network file.</param>
/// <param name="Readiness">What serving it takes and gives.</param>
internal sealed record EncryptedModel(byte[] NetworkFile, EncryptedReadiness Readiness);
