using Sylvan.Data.Csv;

namespace AIaaS.Benchmarks.Suites.Ingestion;

/// <summary>The peer: every field of a CSV file looked at and nothing done with it.</summary>
internal static class SylvanRead
{
    public static async Task RunAsync(string file, CancellationToken cancellationToken)
    {
        long characters = 0;
        await using var csv = await CsvDataReader.CreateAsync(file, new CsvDataReaderOptions { BufferSize = 1 << 16 }, cancellationToken);
        while (await csv.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < csv.FieldCount; i++) characters += csv.GetFieldSpan(i).Length;
        }
        if (characters == 0) throw new InvalidOperationException("The file was empty.");
    }
}
