namespace AIaaS.Pipeline.Datasets.Formats.Zip;

/// <summary>One file of a zip as the central directory lists it.</summary>
/// <param name="Name">Checked: relative, no '..', no control characters.</param>
/// <param name="Offset">Of the local header.</param>
/// <param name="StoredLength">Compressed bytes.</param>
/// <param name="Length">Inflated bytes, as declared and checked while inflating.</param>
/// <param name="Crc">CRC-32 of the inflated bytes.</param>
/// <param name="IsDeflated">Else stored as it is.</param>
internal sealed record ZipEntry(string Name, long Offset, long StoredLength, long Length, uint Crc, bool IsDeflated);
