using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AIaaS.Pipeline.Tests.Datasets.Formats;

/// <summary>Writes the binary formats byte by byte, so that tests also can write what no library would.</summary>
internal static class Builders
{
    public static byte[] Idx(byte type, int[] shape, byte[] data)
    {
        var bytes = new byte[4 + 4 * shape.Length + data.Length];
        bytes[2] = type;
        bytes[3] = (byte)shape.Length;
        for (var i = 0; i < shape.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), shape[i]);
        data.CopyTo(bytes, 4 + 4 * shape.Length);
        return bytes;
    }

    public static byte[] Npy(string descr, string shape, byte[] data, bool fortran = false, byte version = 1)
    {
        var dict = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}";
        var prefix = version == 1 ? 10 : 12;
        dict = dict.PadRight((prefix + dict.Length + 64) / 64 * 64 - prefix - 1) + "\n";
        using var bytes = new MemoryStream();
        bytes.Write([0x93, .. "NUMPY"u8, version, 0]);
        bytes.Write(version == 1 ? BitConverter.GetBytes((ushort)dict.Length) : BitConverter.GetBytes(dict.Length));
        bytes.Write(Encoding.UTF8.GetBytes(dict));
        bytes.Write(data);
        return bytes.ToArray();
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    public static byte[] Png(int width, int height, byte red, byte green, byte blue)
    {
        using var bitmap = new SkiaSharp.SKBitmap(width, height, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Opaque);
        bitmap.Erase(new SkiaSharp.SKColor(red, green, blue));
        using var data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
