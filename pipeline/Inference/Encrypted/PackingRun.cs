using AIaaS.Homomorphic.Circuits.Layouts;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>Neighbouring slots that hold evenly spaced elements of a vector: slot + i holds element + i * step, i below count.</summary>
public readonly record struct PackingRun(int Slot, int Element, int Count, int Step)
{
    /// <summary>The shortest list from the left: slots that no run names are zero.</summary>
    public static IReadOnlyList<PackingRun> Of(SlotMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var runs = new List<PackingRun>();
        for (var slot = 0; slot < map.SlotCount; slot++)
        {
            if (map[slot] == SlotMap.Empty) continue;
            var run = new PackingRun(slot, map[slot], 1, 1);
            while (slot + 1 < map.SlotCount && map[slot + 1] != SlotMap.Empty && (run.Count == 1 || map[slot + 1] - map[slot] == run.Step))
            {
                run = run with { Count = run.Count + 1, Step = map[slot + 1] - map[slot] };
                slot++;
            }
            runs.Add(run);
        }
        return runs;
    }
}
