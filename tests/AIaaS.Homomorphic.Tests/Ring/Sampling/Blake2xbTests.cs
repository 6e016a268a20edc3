using System.Runtime.Intrinsics;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Tests.Ring.Sampling;

public sealed class Blake2xbTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 64).Select(i => (byte)(7 * i + 3))];

    // 11 blocks: a full set of eight lanes and a part of the next.
    [Theory]
    [InlineData(0UL)]
    [InlineData(12345678901UL)]
    public void Expand_OnEveryWidth_GivesTheSameWords(ulong firstBlock)
    {
        var scalar = new ulong[11 * Blake2xb.BlockWords];
        var four = new ulong[scalar.Length];
        var eight = new ulong[scalar.Length];
        var chosen = new ulong[scalar.Length];
        Blake2xb<ScalarLanes, ulong>.Expand(Seed, firstBlock, scalar);
        Blake2xb<Lanes256, Vector256<ulong>>.Expand(Seed, firstBlock, four);
        Blake2xb<Lanes512, Vector512<ulong>>.Expand(Seed, firstBlock, eight);
        Blake2xb.Expand(Seed, firstBlock, chosen);
        four.ShouldBe(scalar);
        eight.ShouldBe(scalar);
        chosen.ShouldBe(scalar);
    }

    [Fact]
    public void Expand_FromALaterBlock_ContinuesTheStream()
    {
        var all = new ulong[5 * Blake2xb.BlockWords];
        var tail = new ulong[2 * Blake2xb.BlockWords];
        Blake2xb.Expand(Seed, 0, all);
        Blake2xb.Expand(Seed, 3, tail);
        tail.ShouldBe(all[(3 * Blake2xb.BlockWords)..]);
    }

    // The definition, node by node, with the plain hash function.
    [Fact]
    public void Expand_OfABlock_IsTheRootHashedByEveryNode()
    {
        var block = new ulong[Blake2xb.BlockWords];
        Blake2xb.Expand(Seed, 9, block);
        var root = new byte[64];
        Blake2b.Hash(new Blake2bParameters(64, 64, 1, 1, 0, 0, 4096, 0, 0), BitConverter.GetBytes(9UL), root, Seed);
        for (var node = 0u; node < 64; node++)
        {
            var expected = new byte[64];
            Blake2b.Hash(new Blake2bParameters(64, 0, 0, 0, 64, node, 4096, 0, 64), root, expected, []);
            BitConverter.ToUInt64(expected).ShouldBe(block[8 * node]);
            BitConverter.ToUInt64(expected, 56).ShouldBe(block[8 * node + 7]);
        }
    }
}
