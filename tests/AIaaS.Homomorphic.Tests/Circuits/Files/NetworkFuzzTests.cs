using AIaaS.Fuzz;
using AIaaS.Fuzz.Networks;

namespace AIaaS.Homomorphic.Tests.Circuits.Files;

public sealed class NetworkFuzzTests
{
    [Fact]
    public void Read_GivenTwoThousandMutations_RefusesOrReads()
    {
        var run = new FuzzRun(new NetworkTarget(), seed: 11);
        run.Times(2_000);
        run.Findings.ShouldBeEmpty();
        run.Accepted.ShouldBeGreaterThan(20);
    }
}
