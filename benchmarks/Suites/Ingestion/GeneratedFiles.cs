using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>Seeded files of the sizes wanted: numbers of four decimals, a category, whole numbers, a label.</summary>
internal static class GeneratedFiles
{
    private const int Seed = 11;
    private static readonly string[] Cities = ["Bern", "Genève", "Lugano", "Zürich"];

    public static async Task<IReadOnlyList<string>> CsvAsync(string folder, long bytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"table-{bytes}.csv");
        var random = new Random(Seed);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        await file.WriteAsync("id,city,age,m0,m1,m2,m3,m4,m5,m6,m7,label\n".AsMemory(), cancellationToken);
        var row = new StringBuilder();
        for (long written = 0, id = 0; written < bytes; id++)
        {
            row.Clear().Append(id).Append(',').Append(Cities[random.Next(Cities.Length)]).Append(',').Append(random.Next(18, 90));
            for (var i = 0; i < 8; i++) row.Append(CultureInfo.InvariantCulture, $",{random.NextDouble() * 1000:F4}");
            row.Append(random.Next(2) == 0 ? ",no\n" : ",yes\n");
            await file.WriteAsync(row, cancellationToken);
            written += row.Length;
        }
        return [path];
    }

    public static async Task<IReadOnlyList<string>> ParquetAsync(string folder, int rows, CancellationToken cancellationToken)
    {
        const int RowGroup = 100_000;
        var path = Path.Combine(folder, "table.parquet");
        var random = new Random(Seed);
        var fields = Enumerable.Range(0, 11).Select(i => new DataField<double>("m" + i, nullable: false)).Append(new DataField<double>("label", nullable: false)).ToArray();
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, cancellationToken: cancellationToken);
        for (var done = 0; done < rows; done += RowGroup)
        {
            using var group = writer.CreateRowGroup();
            foreach (var field in fields)
                await group.WriteAsync<double>(field, Enumerable.Range(0, RowGroup).Select(_ => random.NextDouble()).ToArray(), cancellationToken: cancellationToken);
        }
        return [path];
    }

    public static async Task<IReadOnlyList<string>> IdxAsync(string folder, int images, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var pixels = new byte[16 + images * 784];
        random.NextBytes(pixels.AsSpan(16));
        Header(pixels, [images, 28, 28]);
        var labels = new byte[8 + images];
        for (var i = 8; i < labels.Length; i++) labels[i] = (byte)random.Next(10);
        Header(labels, [images]);
        string[] paths = [Path.Combine(folder, "images"), Path.Combine(folder, "labels")];
        await File.WriteAllBytesAsync(paths[0], pixels, cancellationToken);
        await File.WriteAllBytesAsync(paths[1], labels, cancellationToken);
        return paths;
    }

    private static void Header(Span<byte> file, ReadOnlySpan<int> shape)
    {
        file[..4].Clear();
        file[2] = 0x08;
        file[3] = (byte)shape.Length;
        for (var i = 0; i < shape.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file[(4 + 4 * i)..], shape[i]);
    }
}
