using System.Text;
using System.Text.RegularExpressions;
using AIaaS.Functions.Tests.Http;

namespace AIaaS.Functions.Tests.Inference.Encrypted;

/// <summary>T4: bodies that stall, never end, end early, or hide a second request; the service refuses or hangs up and goes on.</summary>
public sealed partial class HostileBodyTests(RunningApp app, EncryptedModelFixture model)
{
    private const int Stalled = 100;
    private const long Gigabyte = 1L << 30;
    private const long MostMemory = 600L << 20;

    [Fact]
    public async Task Body_ThatEndsEarly_IsNotAnswered()
    {
        var (head, body) = await RequestAsync(extra: 1000);
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync(head);
        await connection.SendAsync(body);
        connection.EndSending();

        (await connection.ReadToCloseAsync()).ShouldNotContain(" 200 ");
        await StillAnswersAsync();
    }

    [Fact]
    public async Task Body_LongerThanDeclared_IsRefusedAndWhatIsLeftIsNoRequest()
    {
        var (head, body) = await RequestAsync(extra: -100);
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync(head);
        await connection.SendAsync(body);
        connection.EndSending();

        Statuses(await connection.ReadToCloseAsync()).ShouldAllBe(status => status == "400");
        await StillAnswersAsync();
    }

    /// <summary>What one server reads as a body and another as the next request must not run as one.</summary>
    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 60\r\n")]
    [InlineData("Content-Length: 5, 60\r\n")]
    [InlineData("Content-Length: +5\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("X: 1\r\n Transfer-Encoding: chunked\r\n")]
    public async Task Framing_ThatCanBeReadTwoWays_IsRefused(string framing)
    {
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync($"POST /v2/models/enc-refusals/infer HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {app.Key}\r\n{framing}\r\n0\r\n\r\nGET /v2/models/enc-refusals HTTP/1.1\r\nHost: localhost\r\n\r\n");
        connection.EndSending();

        var statuses = Statuses(await connection.ReadToCloseAsync());

        statuses.Count.ShouldBeLessThanOrEqualTo(1);
        statuses.ShouldAllBe(status => status == "400" || status == "501");
    }

    /// <summary>With both lengths the chunks count (RFC 9112, 6.1), and the connection is not used again.</summary>
    [Fact]
    public async Task Framing_WithBothLengths_CountsChunksAndCloses()
    {
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync($"POST /v2/models/enc-refusals/infer HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {app.Key}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Statuses(await connection.ReadToCloseAsync()).ShouldBe(["400"]);
    }

    /// <summary>A hundred connections that send a head, a few bytes, and nothing more: others are served meanwhile, and the hundred are hung up on.</summary>
    [Fact(Explicit = true)]
    public async Task Bodies_ThatStall_AreHungUpOnWhileOthersAreServed()
    {
        var (head, body) = await RequestAsync();
        var stalled = new List<RawConnection>();
        for (var i = 0; i < Stalled; i++)
        {
            stalled.Add(await RawConnection.OpenAsync(app.Http.BaseAddress!));
            await stalled[i].SendAsync(i % 2 == 0 ? head : head[..(head.Length / 2)]);
            if (i % 2 == 0) await stalled[i].SendAsync(body.AsMemory(0, 10));
        }

        await StillAnswersAsync();
        foreach (var connection in stalled)
        {
            (await connection.ReadToCloseAsync()).ShouldNotContain(" 200 ");
            connection.Dispose();
        }
        await StillAnswersAsync();
    }

    /// <summary>A gigabyte of JSON numbers, declared and in chunks.</summary>
    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Json_OfAGigabyte_IsCutOffWithMemoryBounded(bool declared)
    {
        await model.ClientAsync(app);
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        await connection.SendAsync(
            $"POST /v2/models/enc-refusals/infer HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {app.Key}\r\nContent-Type: application/json\r\n"
            + (declared ? $"Content-Length: {Gigabyte}\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n"));
        var numbers = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0.125,", 10_000)));
        byte[] chunk = [.. Encoding.ASCII.GetBytes($"{numbers.Length:X}\r\n"), .. numbers, .. "\r\n"u8];

        var answer = connection.ReadToCloseAsync();
        var sent = await connection.SendUntilClosedAsync(declared ? numbers : chunk, Gigabyte);

        sent.ShouldBeLessThan(128L << 20);
        Statuses(await answer).ShouldAllBe(status => status == "413" || status == "400");
        app.PeakMemory.ShouldBeLessThan(MostMemory);
        await StillAnswersAsync();
    }

    /// <summary>Requests one after the other on a connection whose answers nobody reads.</summary>
    [Fact(Explicit = true)]
    public async Task Answers_ThatNobodyReads_StopTheConnectionAndNothingElse()
    {
        var (head, body) = await RequestAsync();
        using var connection = await RawConnection.OpenAsync(app.Http.BaseAddress!);
        var sending = connection.SendUntilClosedAsync(Encoding.ASCII.GetBytes(head).Concat(body).ToArray(), Gigabyte);

        for (var i = 0; i < 100; i++) await StillAnswersAsync();

        app.PeakMemory.ShouldBeLessThan(MostMemory);
        connection.Dispose();
        await Should.NotThrowAsync(async () =>
        {
            try
            {
                await sending;
            }
            catch (ObjectDisposedException)
            {
                // It was still waiting to send.
            }
        });
        await StillAnswersAsync();
    }

    /// <param name="extra">By how much the declared length is too long.</param>
    private async Task<(string Head, byte[] Body)> RequestAsync(int extra = 0)
    {
        var client = await model.ClientAsync(app);
        var tensor = EncryptedClient.Tensor(client.Encrypt(EncryptedModels.Mlp.Input(1)));
        var json = client.Json(tensor, 1);
        byte[] body = [.. json, .. tensor];
        var head = $"POST /v2/models/{client.Model}/infer HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {app.Key}\r\nContent-Type: application/octet-stream\r\n"
            + $"Inference-Header-Content-Length: {json.Length}\r\nContent-Length: {body.Length + extra}\r\n\r\n";
        return (head, body);
    }

    private async Task StillAnswersAsync()
    {
        var client = await model.ClientAsync(app);
        (await client.PredictAsync(EncryptedModels.Mlp.Input(2))).Length.ShouldBe(10);
    }

    private static List<string> Statuses(string answers) => [.. StatusLine().Matches(answers).Select(match => match.Groups["status"].Value)];

    [GeneratedRegex(@"HTTP/1\.1 (?<status>\d{3}) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine();
}
