namespace AIaaS.Client;

/// <summary>A decrypted answer and what it took.</summary>
/// <param name="Values">One per output of the network. They carry noise that depends on the secret key: show them rounded.</param>
/// <param name="ModelVersion">That answered.</param>
/// <param name="SentBytes">Of the request's ciphertexts: all that the service saw.</param>
/// <param name="ReceivedBytes">Of the reply's ciphertexts.</param>
/// <param name="Encryption">Packing, encoding and encrypting.</param>
/// <param name="RoundTrip">From sending to the last byte of the reply; the service's work is within.</param>
/// <param name="Decryption">Decrypting and decoding.</param>
public sealed record EncryptedPrediction(
    IReadOnlyList<double> Values, string ModelVersion, long SentBytes, long ReceivedBytes, TimeSpan Encryption, TimeSpan RoundTrip, TimeSpan Decryption);
