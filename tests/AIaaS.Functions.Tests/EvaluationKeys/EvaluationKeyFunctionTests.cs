using System.Net;
using System.Net.Sockets;
using System.Text;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Wire;
using AIaaS.Testing;

namespace AIaaS.Functions.Tests.EvaluationKeys;

public sealed class EvaluationKeyFunctionTests(RunningApp app)
{
    private const int Part = 4 << 20;

    private static readonly CkksParameters Small = CkksParameters.Create(4096, [36, 34, 36]);

    [Fact]
    public async Task Keys_Whole_AreListedShownAndDeleted()
    {
        var file = EvaluationKeyFile.Make(Small, [1, 2], SealCompression.Zstd);

        using var put = await PutAsync(file.Id, file.Bytes);
        using var again = await PutAsync(file.Id, file.Bytes);
        using var list = await app.Http.GetAsync("evaluation-keys");
        using var shown = await app.Http.GetAsync($"evaluation-keys/{file.Id}");
        using var deleted = await app.Http.DeleteAsync($"evaluation-keys/{file.Id}");
        using var gone = await app.Http.GetAsync($"evaluation-keys/{file.Id}");

        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        put.Headers.Location!.AbsolutePath.ShouldBe($"/evaluation-keys/{file.Id}");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await list.ReadJsonAsync()).GetProperty("value").EnumerateArray().Select(set => set.GetProperty("id").GetString()).ShouldContain(file.Id);
        var keys = (await shown.ReadJsonAsync()).GetProperty("keys");
        keys.GetProperty("rotationSteps").GetRawText().ShouldBe("[1,2]");
        keys.GetProperty("parametersId").GetString().ShouldBe(ParametersId.OfKeys(Small).ToString());
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await gone.ReadProblemAsync()).ShouldBe("EvaluationKeysNotFound");
    }

    /// <summary>H7: 100 MB, ten connections that break in the middle of a body; the client asks what came and goes on.</summary>
    [Fact]
    public async Task Keys_HundredMegabytesOverTenBrokenConnections_ArriveWhole()
    {
        var file = EvaluationKeyFile.Make(CkksParameters.Create(8192, [50, 40, 40, 50]), Enumerable.Range(1, 135));
        file.Bytes.Length.ShouldBeGreaterThan(100 << 20);

        for (var broken = 0; broken < 10; broken++)
        {
            var next = await NextAsync(file);
            await BreakOffAsync(file, next, next + (2 * Part) + 12345);
            await app.UntilAsync(async () => await NextAsync(file) > next);
        }
        var from = await NextAsync(file);
        using var rest = await PutAsync(file.Id, file.Bytes.AsMemory((int)from), $"bytes {from}-{file.Bytes.Length - 1}/{file.Bytes.Length}");

        from.ShouldBeGreaterThanOrEqualTo(10 * Part);
        rest.StatusCode.ShouldBe(HttpStatusCode.OK, await rest.Content.ReadAsStringAsync());
        (await rest.ReadJsonAsync()).GetProperty("keys").GetProperty("rotationSteps").GetArrayLength().ShouldBe(135);
        using var deleted = await app.Http.DeleteAsync($"evaluation-keys/{file.Id}");
    }

    [Fact]
    public async Task Faults_AreTold()
    {
        var file = EvaluationKeyFile.Make(Small, [1]);
        var cut = new EvaluationKeyFile(file.Bytes[..^100]);
        (string Id, byte[] Body, string? Range, string Code)[] cases =
        [
            ("short", file.Bytes, null, "InvalidName"),
            (new string('0', 64), file.Bytes, null, "EvaluationKeysDigestMismatch"),
            (cut.Id, cut.Bytes, null, "EvaluationKeysInvalid"),
            (file.Id, file.Bytes, "bytes 5-10/100", "InvalidRequest"),
            (file.Id, file.Bytes[..100], "bytes 0-99/100000000000", "InvalidRequest"),
            (file.Id, new byte[Part], $"bytes 0-{Part - 1}/100000000000", "PayloadTooLarge"),
        ];
        foreach (var (id, body, range, code) in cases)
        {
            using var answer = await PutAsync(id, body, range);
            (await answer.ReadProblemAsync()).ShouldBe(code, range ?? id);
        }
        using var compressed = new ByteArrayContent(file.Bytes);
        compressed.Headers.ContentEncoding.Add("gzip");
        using var encoded = await app.Http.PutAsync($"evaluation-keys/{file.Id}", compressed);
        (await encoded.ReadProblemAsync()).ShouldBe("InvalidRequest");
        using var chunked = new HttpRequestMessage(HttpMethod.Put, $"evaluation-keys/{file.Id}") { Content = new StreamContent(new MemoryStream(file.Bytes)) };
        chunked.Headers.TransferEncodingChunked = true;
        using var unsized = await app.Http.SendAsync(chunked);
        (await unsized.ReadProblemAsync()).ShouldBe("InvalidRequest");
    }

    [Fact]
    public async Task Keys_OfAnotherFunctionKey_DoNotExist()
    {
        var file = EvaluationKeyFile.Make(Small, [1]);
        using var put = await PutAsync(file.Id, file.Bytes);
        using var stranger = app.OtherCaller();

        using var shown = await stranger.GetAsync($"evaluation-keys/{file.Id}");
        using var list = await stranger.GetAsync("evaluation-keys");
        using var deleted = await stranger.DeleteAsync($"evaluation-keys/{file.Id}");

        (await shown.ReadProblemAsync()).ShouldBe("EvaluationKeysNotFound");
        (await deleted.ReadProblemAsync()).ShouldBe("EvaluationKeysNotFound");
        (await list.Content.ReadAsStringAsync()).ShouldNotContain(file.Id);
    }

    private async Task<HttpResponseMessage> PutAsync(string id, ReadOnlyMemory<byte> body, string? range = null)
    {
        using var content = new ReadOnlyMemoryContent(body);
        if (range is not null) content.Headers.TryAddWithoutValidation("Content-Range", range);
        return await app.Http.PutAsync($"evaluation-keys/{id}", content);
    }

    /// <summary>The first byte that has not come.</summary>
    private async Task<long> NextAsync(EvaluationKeyFile file)
    {
        using var answer = await app.Http.GetAsync($"evaluation-keys/{file.Id}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return 0;
        var received = (await answer.ReadJsonAsync()).GetProperty("received");
        return received.GetArrayLength() == 0 ? 0 : long.Parse(received[0].GetString()!.Split('-')[1]) + 1;
    }

    /// <summary>Announces all that is missing, sends a piece of it and hangs up.</summary>
    private async Task BreakOffAsync(EvaluationKeyFile file, long from, long to)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        var head = $"PUT /evaluation-keys/{file.Id} HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {app.Key}\r\n"
            + $"Content-Range: bytes {from}-{file.Bytes.Length - 1}/{file.Bytes.Length}\r\nContent-Length: {file.Bytes.Length - from}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(file.Bytes.AsMemory((int)from..(int)Math.Min(to, file.Bytes.Length)));
        client.Client.Shutdown(SocketShutdown.Send);
    }
}
