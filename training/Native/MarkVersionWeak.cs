using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a copy of a 64-bit little-endian ELF library in which one needed symbol version is weak. A build step: compiled by
/// MSBuild, not part of any assembly. Layout: System V gABI, and "Symbol Versioning" in the Linux Standard Base.
/// </summary>
public sealed class MarkVersionWeak : Task
{
    private const int Load = 1, Dynamic = 2;
    private const long StringTable = 5, VersionNeeds = 0x6ffffffe, VersionNeedsCount = 0x6fffffff;
    private const ushort Weak = 2;

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) >= File.GetLastWriteTimeUtc(Source)) return true;
        var library = File.ReadAllBytes(Source);
        var marked = Mark(library);
        if (marked == 0) Log.LogMessage(MessageImportance.Low, "{0} does not need {1}: copied as it is.", Source, Version);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        var temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, library);
        File.Delete(Destination);
        File.Move(temporary, Destination);
        return true;
    }

    private int Mark(byte[] elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException(Source + " is not a 64-bit little-endian ELF file.");
        long names = 0, needs = 0, count = 0;
        var dynamic = Segment(elf, type => type == Dynamic, _ => true);
        for (var at = dynamic.Offset; at < dynamic.Offset + dynamic.Size; at += 16)
        {
            var value = BitConverter.ToInt64(elf, (int)at + 8);
            switch (BitConverter.ToInt64(elf, (int)at))
            {
                case StringTable: names = FileOffset(elf, value); break;
                case VersionNeeds: needs = FileOffset(elf, value); break;
                case VersionNeedsCount: count = value; break;
            }
        }

        var marked = 0;
        for (var need = needs; count > 0; count--, need += BitConverter.ToUInt32(elf, (int)need + 12))
        {
            var entry = need + BitConverter.ToUInt32(elf, (int)need + 8);
            for (int left = BitConverter.ToUInt16(elf, (int)need + 2); left > 0; left--, entry += BitConverter.ToUInt32(elf, (int)entry + 12))
            {
                if (Name(elf, names + BitConverter.ToUInt32(elf, (int)entry + 8)) != Version) continue;
                elf[entry + 4] |= (byte)Weak;
                marked++;
            }
        }
        return marked;
    }

    private static string Name(byte[] elf, long offset)
    {
        var end = Array.IndexOf(elf, (byte)0, (int)offset);
        return Encoding.ASCII.GetString(elf, (int)offset, end - (int)offset);
    }

    private static long FileOffset(byte[] elf, long address)
    {
        var segment = Segment(elf, type => type == Load, s => address >= s.Address && address < s.Address + s.Size);
        return address - segment.Address + segment.Offset;
    }

    private static (long Offset, long Address, long Size) Segment(byte[] elf, Func<int, bool> type, Func<(long Offset, long Address, long Size), bool> fits)
    {
        var table = BitConverter.ToInt64(elf, 32);
        int size = BitConverter.ToUInt16(elf, 54), count = BitConverter.ToUInt16(elf, 56);
        for (var at = table; count > 0; count--, at += size)
        {
            var segment = (BitConverter.ToInt64(elf, (int)at + 8), BitConverter.ToInt64(elf, (int)at + 16), BitConverter.ToInt64(elf, (int)at + 32));
            if (type(BitConverter.ToInt32(elf, (int)at)) && fits(segment)) return segment;
        }
        throw new InvalidDataException("The library has no such segment.");
    }
}
