using System.Diagnostics;
using System.Text.Json;
using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Serving;
using AIaaS.Client;

namespace AIaaS.Benchmarks.Suites.Encrypted;

/// <summary>Figures of one published network, asked through the service.</summary>
internal sealed class ServedRows(SuiteContext context, EncryptedStack stack, TestImages images, EncryptedShape shape)
{
    private const string Suite = "encrypted";
    private const int WarmUps = 60;
    private const int Predictions = 60;
    private const int Clients = 4;
    private const int Rounds = 3;
    private const int ColdStarts = 3;
    private const double RequestKilobytes = 110;
    private const double ReplyKilobytes = 105;
    private const double BytesPerKilobyte = 1e3;
    private const double BytesPerMegabyte = 1e6;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>One client, one request at a time.</summary>
    public async Task PredictionAsync(CancellationToken cancellationToken)
    {
        var name = $"{shape.Name}: prediction";
        using var client = stack.CreateClient();
        var started = Stopwatch.GetTimestamp();
        using var model = await client.OpenEncryptedAsync(shape.Name, stack.KeyFile(shape.Name), cancellationToken: cancellationToken);
        Report($"{name}, keys made, sent and checked, once", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        for (var image = 0; image < WarmUps; image++) await model.PredictAsync(images.Input(image), cancellationToken);
        var predictions = new List<EncryptedPrediction>();
        var computing = new List<double>();
        var total = new List<double>();
        for (var image = 0; image < Predictions; image++)
        {
            started = Stopwatch.GetTimestamp();
            predictions.Add(await model.PredictAsync(images.Input(image), cancellationToken));
            total.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            computing.Add(await ComputingAsync(cancellationToken));
        }
        Report($"{name}, end to end", Interleaved.Median(total), "ms");
        Report($"{name}, client: encode, encrypt, compress", Median(predictions, prediction => prediction.Encryption), "ms");
        Report($"{name}, upload, server, download (loopback)", Median(predictions, prediction => prediction.RoundTrip), "ms");
        Report($"{name}, of that the server's computing, 2 threads", Interleaved.Median(computing), "ms", shape.Milliseconds);
        Report($"{name}, client: decrypt, decode", Median(predictions, prediction => prediction.Decryption), "ms");
        var mlp = shape.Name.StartsWith("mlp", StringComparison.Ordinal);
        Report($"{name}, request", predictions[0].SentBytes / BytesPerKilobyte, "KB", mlp ? RequestKilobytes : null);
        Report($"{name}, reply", predictions[0].ReceivedBytes / BytesPerKilobyte, "KB", mlp ? ReplyKilobytes : null);
        Report($"{name}, keys", await KeyBytesAsync(cancellationToken) / BytesPerMegabyte, "MB");
    }

    /// <summary>Several clients with keys of their own, each request encrypted once and sent again and again: all of the machine is the service's, but for sending and receiving.</summary>
    /// <param name="setting">That the service runs with.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task ThroughputAsync(string setting, CancellationToken cancellationToken)
    {
        var requests = new List<byte[]>();
        for (var index = 0; index < Clients; index++)
        {
            using var recorded = new RecordedRequests();
            using var http = new HttpClient(recorded) { BaseAddress = stack.Service.Server.Address };
            using var client = new AIaaSClient(http, stack.Service.Key);
            using var model = await client.OpenEncryptedAsync(shape.Name, stack.KeyFile($"{shape.Name}-{index}"), cancellationToken: cancellationToken);
            await model.PredictAsync(images.Input(index), cancellationToken);
            requests.Add(recorded.Last);
        }
        await HttpLoad.RunAsync(stack.Service.Server.EndPoint, requests, Duration);
        var rounds = new List<double>();
        for (var round = 0; round < Rounds; round++) rounds.Add(await HttpLoad.RunAsync(stack.Service.Server.EndPoint, requests, Duration));
        context.Report(BenchmarkResult.Single(Suite, $"{shape.Name}: requests/s, {Clients} clients with keys of their own, {setting}", Interleaved.Median(rounds), "1/s", Better.Higher));
    }

    /// <summary>The service is killed and started again; keys and network come from storage.</summary>
    public async Task ColdAsync(CancellationToken cancellationToken)
    {
        using (var client = stack.CreateClient())
        using (await client.OpenEncryptedAsync(shape.Name, stack.KeyFile(shape.Name), cancellationToken: cancellationToken)) { }
        var (starts, firsts, seconds) = (new List<double>(), new List<double>(), new List<double>());
        for (var index = 0; index < ColdStarts; index++)
        {
            await stack.StartServiceAsync(threads: null, cancellationToken);
            using var client = stack.CreateClient();
            var opened = Stopwatch.GetTimestamp();
            using var model = await client.OpenEncryptedAsync(shape.Name, stack.KeyFile(shape.Name), cancellationToken: cancellationToken);
            await model.PredictAsync(images.Input(0), cancellationToken);
            firsts.Add(Stopwatch.GetElapsedTime(opened).TotalSeconds);
            var again = Stopwatch.GetTimestamp();
            await model.PredictAsync(images.Input(1), cancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(again).TotalSeconds);
            starts.Add(stack.Service.StartTime.TotalSeconds);
        }
        Report($"{shape.Name}: cold process, start to ready", Interleaved.Median(starts), "s");
        Report($"{shape.Name}: cold process, ready to the first decrypted prediction, keys in blob storage", Interleaved.Median(firsts), "s");
        Report($"{shape.Name}: cold process, the second prediction", Interleaved.Median(seconds), "s");
    }

    private static double Median(IEnumerable<EncryptedPrediction> predictions, Func<EncryptedPrediction, TimeSpan> time) =>
        Interleaved.Median(predictions.Select(prediction => time(prediction).TotalMilliseconds));

    private void Report(string name, double value, string unit, double? goal = null) =>
        context.Report(BenchmarkResult.Single(Suite, name, value, unit, Better.Lower, goal));

    /// <summary>What the metadata says of the last request.</summary>
    private async Task<double> ComputingAsync(CancellationToken cancellationToken) =>
        (await GetAsync($"v2/models/{shape.Name}", cancellationToken)).GetProperty("he_ckks").GetProperty("expected_milliseconds").GetDouble();

    private async Task<long> KeyBytesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("evaluation-keys", cancellationToken)).GetProperty("value").EnumerateArray().Select(set => set.GetProperty("bytes").GetInt64()).Last();

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = stack.Service.Server.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", stack.Service.Key);
        using var json = JsonDocument.Parse(await http.GetByteArrayAsync(path, cancellationToken));
        return json.RootElement.Clone();
    }
}
