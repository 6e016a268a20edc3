namespace AIaaS.Homomorphic.Circuits.Layouts;

/// <summary>Where the summands of each output stand before they are folded together, in runs of <paramref name="Run"/> slots.</summary>
/// <param name="Interleaved">True: slot s works for output s mod Run, and folding leaves every output in every run. False: run r works for output r, and folding leaves it in the run's first slot only.</param>
/// <param name="Run">A power of two that divides the slots.</param>
/// <param name="First">The first output.</param>
/// <param name="Count">Outputs.</param>
public sealed record RowLayout(bool Interleaved, int Run, int First, int Count)
{
    public static RowLayout InterleavedFor(int first, int count) => new(true, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count), first, count);

    /// <returns>The output a slot works for, or <see cref="SlotMap.Empty"/>.</returns>
    public int RowOf(int slot)
    {
        var row = Interleaved ? slot % Run : slot / Run;
        return row < Count ? First + row : SlotMap.Empty;
    }

    /// <summary>Rotations after which the sums are complete, one after the other.</summary>
    public IReadOnlyList<int> Folds(int slotCount)
    {
        var folds = new List<int>();
        var (from, below) = Interleaved ? (Run, slotCount) : (1, Run);
        for (var step = from; step < below; step *= 2) folds.Add(step);
        return folds;
    }

    /// <summary>The outputs after folding; slots that are no complete sum are empty.</summary>
    public SlotMap Result(int slotCount) => SlotMap.Create(slotCount, slot => Interleaved || slot % Run == 0 ? RowOf(slot) : SlotMap.Empty);

    /// <exception cref="HomomorphicException">The outputs do not fit.</exception>
    public void Check(int slotCount)
    {
        if (Run < 1 || !System.Numerics.BitOperations.IsPow2(Run) || slotCount % Run != 0 || Count < 1 || Count > (Interleaved ? Run : slotCount / Run))
            throw new HomomorphicException($"{Count} outputs in runs of {Run} slots do not fit {slotCount} slots.");
    }
}
