using System.Globalization;

namespace AIaaS.Testing;

/// <summary>Resident memory of a process that was started through a shell, as Linux counts it.</summary>
public static class ProcessMemory
{
    /// <summary>The most so far (VmHWM) of the shell's largest descendant, in bytes.</summary>
    public static long PeakOfChildren(int shellId)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(id => (int)Number(id, "PPid:"));
        var waiting = new Queue<int>(parents[shellId]);
        var peak = 0L;
        while (waiting.TryDequeue(out var id))
        {
            peak = Math.Max(peak, Number(id, "VmHWM:") * 1024);
            foreach (var child in parents[id]) waiting.Enqueue(child);
        }
        return peak;
    }

    private static long Number(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // Gone since it was listed.
            return 0;
        }
    }
}
