using System.Text;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Tests.Inference.Protocol;

/// <summary>Valid requests, broken at random: every one is answered or refused with a typed 4xx, and costs no more memory than its bytes pay for.</summary>
public sealed class MutationTests
{
    private const int Mutants = 2_000;
    private const long MostBytesAllocated = 1 << 20;

    private static readonly string[] Fragments =
    [
        "[", "]", "{", "}", ",", ":", "\"", "null", "true", "-1", "1e999", "9223372036854775807", "2147483647", "4294967296", "[[[[[[[[",
        "\"data\"", "\"shape\"", "\"binary_data_size\"", "\"x0\"", "\"BYTES\"", "\"FP64\"", "\"inputs\"", "\"parameters\"", "\\ud800", "\0",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutants_OfValidRequests_AreAnsweredOrRefused(int seed)
    {
        var random = new Random(seed);
        using var model = new EchoModel((EchoOnnx.Float, [-1, 2]), (EchoOnnx.String, [-1, 1]), (EchoOnnx.Int64, [-1]));
        var answered = 0;
        for (var round = 0; round < Mutants; round++)
        {
            var (body, jsonLength) = Valid(round % 2 == 0);
            var mutant = Mutate(body, random);
            if (jsonLength is not null) jsonLength = random.Next(4) == 0 ? random.Next(-1, mutant.Length + 2) : Math.Min(jsonLength.Value, mutant.Length);
            if (jsonLength < 0) jsonLength = null;

            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                model.Ask(mutant, jsonLength);
                answered++;
            }
            catch (PipelineException problem)
            {
                problem.Code.Status.ShouldBeInRange(400, 499, $"seed {seed}, round {round}: {problem.Message}");
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {Convert.ToHexString(mutant)} / {jsonLength}", exception);
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytesAllocated, $"seed {seed}, round {round}");
        }
        answered.ShouldBeGreaterThan(0);
    }

    private static (byte[] Body, int? JsonLength) Valid(bool binary)
    {
        if (!binary)
        {
            return (Encoding.UTF8.GetBytes(
                """{"id":"7","inputs":[{"name":"x0","shape":[2,2],"datatype":"FP32","data":[[1,2],[3,4]]},{"name":"x1","shape":[1,1],"datatype":"BYTES","data":["abc"]},{"name":"x2","shape":[3],"datatype":"INT64","data":[1,2,3]}],"outputs":[{"name":"y0"}]}"""), null);
        }
        var json = Encoding.UTF8.GetBytes(
            """{"inputs":[{"name":"x0","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},{"name":"x1","shape":[1,1],"datatype":"BYTES","parameters":{"binary_data_size":7}},{"name":"x2","shape":[2],"datatype":"INT64","parameters":{"binary_data_size":16}}],"parameters":{"binary_data_output":true}}""");
        return ([.. json, .. new byte[8], 3, 0, 0, 0, 97, 98, 99, .. new byte[16]], json.Length);
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)])); break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at))); break;
            }
        }
        return [.. bytes];
    }
}
