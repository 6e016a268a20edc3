using AIaaS.Client;

namespace AIaaS.Cli.Models.Predict;

/// <summary>What encrypted predictions took; milliseconds are medians of a sample.</summary>
/// <param name="SentBytes">Of ciphertexts, all samples together: all that the service saw.</param>
/// <param name="ReceivedBytes">Of ciphertexts.</param>
/// <param name="EncryptMs">Packing and encrypting.</param>
/// <param name="RoundTripMs">From sending to the reply's last byte.</param>
/// <param name="DecryptMs">Decrypting and reading.</param>
public sealed record EncryptionReport(long SentBytes, long ReceivedBytes, double EncryptMs, double RoundTripMs, double DecryptMs)
{
    public static EncryptionReport Of(IReadOnlyList<EncryptedPrediction> predictions) => new(
        predictions.Sum(prediction => prediction.SentBytes),
        predictions.Sum(prediction => prediction.ReceivedBytes),
        Median(predictions.Select(prediction => prediction.Encryption)),
        Median(predictions.Select(prediction => prediction.RoundTrip)),
        Median(predictions.Select(prediction => prediction.Decryption)));

    private static double Median(IEnumerable<TimeSpan> times)
    {
        var ordered = times.Order().ToArray();
        return ordered.Length == 0 ? 0 : Math.Round(ordered[ordered.Length / 2].TotalMilliseconds, 1);
    }
}
