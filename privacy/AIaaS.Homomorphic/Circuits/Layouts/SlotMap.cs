using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Circuits.Layouts;

/// <summary>Which element of a vector each slot holds.</summary>
/// <param name="Elements">By slot; <see cref="Empty"/> where the slot holds no element. Elements may repeat.</param>
public sealed record SlotMap(ImmutableArray<int> Elements)
{
    public const int Empty = -1;

    public int SlotCount => Elements.Length;

    public int this[int slot] => Elements[slot];

    /// <summary>Elements first to first + count - 1, over and over with a period, wrapping nothing: the last repetition is cut off.</summary>
    public static SlotMap Periodic(int slotCount, int count, int period, int first = 0) =>
        Create(slotCount, slot => slot % period < count ? first + slot % period : Empty);

    public static SlotMap Create(int slotCount, Func<int, int> elementOf)
    {
        var elements = new int[slotCount];
        for (var slot = 0; slot < elements.Length; slot++) elements[slot] = elementOf(slot);
        return new SlotMap(ImmutableCollectionsMarshal.AsImmutableArray(elements));
    }

    /// <summary>The slots' values; zero where a slot holds no element.</summary>
    public double[] Pack(ReadOnlySpan<double> vector)
    {
        var slots = new double[SlotCount];
        for (var slot = 0; slot < slots.Length; slot++)
            if (Elements[slot] != Empty) slots[slot] = vector[Elements[slot]];
        return slots;
    }

    /// <returns>For every element the first slot that holds it.</returns>
    public int[] FirstSlots(int count)
    {
        var first = new int[count];
        Array.Fill(first, Empty);
        for (var slot = SlotCount - 1; slot >= 0; slot--)
            if (Elements[slot] != Empty) first[Elements[slot]] = slot;
        return first;
    }
}
