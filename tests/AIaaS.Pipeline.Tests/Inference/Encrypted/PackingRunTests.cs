using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Pipeline.Inference.Encrypted;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Inference.Encrypted;

public sealed class PackingRunTests
{
    [Fact]
    public void Of_RepeatedVector_IsARunForEachRepetition() =>
        PackingRun.Of(SlotMap.Periodic(100, 30, 40)).ShouldBe([new(0, 0, 30, 1), new(40, 0, 30, 1), new(80, 0, 20, 1)]);

    [Fact]
    public void Of_EveryOtherElement_IsOneRunWithAStep() =>
        PackingRun.Of(SlotMap.Create(10, slot => slot is >= 2 and < 7 ? 3 + (2 * slot) : SlotMap.Empty)).ShouldBe([new(2, 7, 5, 2)]);

    [Property]
    public bool Of_AnyMap_SaysExactlyWhatItHolds(int[] elements)
    {
        var map = SlotMap.Create(elements.Length, slot => elements[slot] % 3 == 0 ? SlotMap.Empty : Math.Abs(elements[slot] % 50));
        var read = Enumerable.Repeat(SlotMap.Empty, elements.Length).ToArray();
        foreach (var run in PackingRun.Of(map))
            for (var i = 0; i < run.Count; i++) read[run.Slot + i] = run.Element + (i * run.Step);
        return read.SequenceEqual(map.Elements);
    }
}
