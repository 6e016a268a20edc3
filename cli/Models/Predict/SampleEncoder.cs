using System.Globalization;
using AIaaS.Cli.CommandLine;

namespace AIaaS.Cli.Models.Predict;

/// <summary>Fits samples to what the model takes.</summary>
public static class SampleEncoder
{
    public static IReadOnlyList<EncodedInput> Encode(ModelSignature model, Samples samples, Terminal terminal) => samples switch
    {
        RowSamples rows => [.. model.Inputs.Select(input => Column(input, rows, model))],
        TensorSamples tensor when model.Inputs is [var only] => [Tensor(only, tensor)],
        // A headerless table: one number a column, in the model's order.
        TensorSamples { Shape: [_, var columns] } table when columns == model.Inputs.Count => [.. model.Inputs.Select((input, index) => TableColumn(input, table, index))],
        TensorSamples => throw NeedsRows(model),
        ImageSample image when model.Inputs is [{ Shape: [_, > 0 and var height, > 0 and var width, (1 or 3) and var channels] } only] =>
            [Tensor(only, ImagePixels.Decode(image.File, (int)height, (int)width, (int)channels, terminal))],
        _ => throw SampleReader.Refuse($"The model '{model.Name}' takes no images."),
    };

    private static EncodedInput Column(TensorSignature input, RowSamples rows, ModelSignature model)
    {
        if (input.SampleSize is not 1) throw SampleReader.Refuse($"The model's input '{input.Name}' takes {input.SampleSize?.ToString() ?? "many"} values a sample, not one a column.");
        if (rows.Rows.All(row => !row.ContainsKey(input.Name))) throw NeedsRows(model);
        return new EncodedInput(input, [.. rows.Rows.Select((row, index) => Value(input, row.GetValueOrDefault(input.Name), index))]);
    }

    // An empty text is an unknown category, NaN is a missing number: the model was trained with both.
    private static byte[] Value(TensorSignature input, string? text, int row)
    {
        if (input.Datatype == "BYTES") return TensorElement.Encode(text ?? "");
        if (text is null) return TensorElement.Encode(input.Datatype, double.NaN, input.Name);
        if (input.Datatype == "BOOL" && bool.TryParse(text, out var flag)) return TensorElement.Encode(input.Datatype, flag ? 1 : 0, input.Name);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? TensorElement.Encode(input.Datatype, number, input.Name)
            : throw SampleReader.Refuse($"'{text}' in row {row + 1} is no number, and column '{input.Name}' takes numbers.");
    }

    private static EncodedInput TableColumn(TensorSignature input, TensorSamples table, int column) => new(input,
    [
        .. Enumerable.Range(0, table.Shape[0]).Select(row =>
        {
            var value = table.Values[row * table.Shape[1] + column];
            return input.Datatype == "BYTES" ? TensorElement.Encode(value.ToString(CultureInfo.InvariantCulture)) : TensorElement.Encode(input.Datatype, value, input.Name);
        }),
    ]);

    private static EncodedInput Tensor(TensorSignature input, TensorSamples tensor)
    {
        // Where the model leaves a dimension open, one sample is everything behind the first dimension.
        var size = input.SampleSize ?? tensor.Values.Length / tensor.Shape[0];
        if (size == 0 || tensor.Values.Length % size != 0)
            throw SampleReader.Refuse($"The data has shape [{string.Join(", ", tensor.Shape)}], and the model's input '{input.Name}' takes [{string.Join(", ", input.Shape)}].");
        var signature = input.SampleSize is null ? input with { Shape = [-1, .. tensor.Shape.Skip(1)] } : input;
        return new EncodedInput(signature, [.. tensor.Values.Chunk((int)size).Select(sample =>
            sample.SelectMany(value => TensorElement.Encode(input.Datatype, value, input.Name)).ToArray())]);
    }

    private static CliException NeedsRows(ModelSignature model) => new(ExitCodes.Failed,
        $"The model '{model.Name}' takes these columns: {string.Join(", ", model.Inputs.Select(input => $"{input.Name} ({(input.Datatype == "BYTES" ? "text" : "number")})"))}.",
        "Give CSV with that header, or JSON objects with those keys.");
}
