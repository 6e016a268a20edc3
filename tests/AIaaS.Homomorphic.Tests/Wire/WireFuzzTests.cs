using AIaaS.Fuzz;
using AIaaS.Fuzz.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class WireFuzzTests
{
    [Fact]
    public void Readers_GivenThousandMutations_RefuseOrRead()
    {
        var run = new FuzzRun(new WireTarget(), seed: 11);
        run.Times(1_000);
        run.Findings.ShouldBeEmpty();
        run.Accepted.ShouldBeGreaterThan(20);
    }
}
