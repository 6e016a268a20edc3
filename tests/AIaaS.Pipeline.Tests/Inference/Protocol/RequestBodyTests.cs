using System.IO.Pipelines;
using AIaaS.Pipeline.Inference;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests.Inference.Protocol;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(5_000_000, true)]
    [InlineData(5_000_000, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Read_AnyLength_KeepsEveryByte(int length, bool announced)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        using var body = await RequestBody.ReadAsync(PipeReader.Create(new MemoryStream(bytes)), announced ? length : null, jsonLength: null, CancellationToken.None);

        body.Bytes.SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_PastTheLimit_IsRefused(bool announced)
    {
        await using var endless = new EndlessStream();

        var problem = await Should.ThrowAsync<PipelineException>(async () =>
            await RequestBody.ReadAsync(PipeReader.Create(endless), announced ? InferenceLimits.MaxRequestBytes + 1L : null, jsonLength: null, CancellationToken.None));

        problem.Code.ShouldBe(ProblemCodes.PayloadTooLarge);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("abc")]
    [InlineData("99999999999")]
    [InlineData(" 5")]
    public void JsonLength_NoWholeNumber_IsRefused(string header) =>
        Should.Throw<PipelineException>(() => RequestBody.ParseJsonLength(header)).Code.ShouldBe(ProblemCodes.InvalidRequest);

    [Fact]
    public void Admit_PastTheLimitOfAllRequests_IsRefusedUntilSomeEnd()
    {
        var inFlight = new BytesInFlight();
        var admitted = new List<long>();
        for (var total = 0L; total < InferenceLimits.MaxBytesInFlight; total += InferenceLimits.MaxRequestBytes) admitted.Add(inFlight.Admit(contentLength: null));

        Should.Throw<PipelineException>(() => inFlight.Admit(1)).Code.ShouldBe(ProblemCodes.ModelUnavailable);
        inFlight.Release(admitted[0]);
        inFlight.Admit(1).ShouldBe(1);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
