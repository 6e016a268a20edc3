using AIaaS.Pipeline.Datasets.Formats.Tensors;
using AIaaS.Pipeline.Datasets.Rows;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Datasets.Formats.Idx;

/// <summary>IDX files, plain or gzip, as MNIST and its relatives come.</summary>
internal sealed class IdxFormat : IDatasetFormat
{
    public string Name => "idx";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var tensors = new List<TensorFile>();
        foreach (var file in files) tensors.Add(await OpenAsync(file, limits, cancellationToken));
        return TensorDataset.Build(Name, tensors, labelsMayLack: sidecar.LabelsMayLack);
    }

    private static async Task<TensorFile> OpenAsync(ContentFile file, DatasetLimits limits, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        var head = await StreamHead.ReadAsync(stream, 4 + 4 * IdxHeader.MaxRank, cancellationToken);
        var length = IdxHeader.Length(head);
        if (head.Length < length) throw new PipelineException(ProblemCodes.DatasetMalformed, $"{file.Name} is cut off within its header.");
        var element = IdxHeader.Element(head);
        var shape = IdxHeader.Shape(head);
        TensorFile.Check(file.Name, element, shape, file.IsGzip ? null : file.File.Length - length, limits);
        return new TensorFile(file.Name, file.Name, element, shape, ct => SkipAsync(file, length, ct));
    }

    private static async Task<Stream> SkipAsync(ContentFile file, int length, CancellationToken cancellationToken)
    {
        var stream = file.OpenRead();
        await stream.ReadExactlyAsync(new byte[length], cancellationToken);
        return stream;
    }
}
