using System.Globalization;
using Sylvan.Data.Csv;

namespace AIaaS.Cli.Models.Predict;

/// <summary>CSV or TSV: a header of column names, or rows of nothing but numbers for models that take one tensor.</summary>
public static class CsvSamples
{
    public static Samples Read(string text)
    {
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false });
            var records = new List<string[]>();
            while (csv.Read())
            {
                var record = new string[csv.RowFieldCount];
                for (var field = 0; field < record.Length; field++) record[field] = csv.GetString(field);
                if (records.Count > 0 && record.Length != records[0].Length)
                    throw SampleReader.Refuse($"Line {csv.RowNumber} has {record.Length} fields, the first has {records[0].Length}.");
                records.Add(record);
            }
            return records.Count == 0 ? throw SampleReader.Refuse("The file holds no rows.") : Samples(records);
        }
        catch (CsvFormatException exception)
        {
            throw SampleReader.Refuse($"The CSV is damaged: {exception.Message}", exception);
        }
    }

    private static Samples Samples(List<string[]> records)
    {
        if (records[0].All(IsNumber))
            return new TensorSamples([records.Count, records[0].Length], [.. records.SelectMany(static (record, row) => record.Select(field => Number(field, row)))]);
        var header = records[0];
        if (header.Distinct(StringComparer.Ordinal).Count() != header.Length) throw SampleReader.Refuse("The header names a column twice.");
        if (records.Count == 1) throw SampleReader.Refuse("There is a header, but no rows.");
        return new RowSamples([.. records.Skip(1).Select(record =>
            header.Zip(record).ToDictionary(static pair => pair.First, static pair => pair.Second.Length == 0 ? null : pair.Second, StringComparer.Ordinal))]);
    }

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double Number(string field, int row) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw SampleReader.Refuse($"'{field}' in row {row + 1} is no number.");
}
