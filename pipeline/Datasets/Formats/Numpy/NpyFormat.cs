using AIaaS.Pipeline.Datasets.Formats.Tensors;
using AIaaS.Pipeline.Datasets.Rows;

namespace AIaaS.Pipeline.Datasets.Formats.Numpy;

/// <summary>NPY files: an array of images or vectors, and one of labels with as many rows.</summary>
internal sealed class NpyFormat : IDatasetFormat
{
    public string Name => "numpy";

    public async Task<DatasetSource> OpenAsync(
        IReadOnlyList<ContentFile> files, DatasetSidecar sidecar, DatasetLimits limits, CancellationToken cancellationToken)
    {
        var tensors = new List<TensorFile>();
        foreach (var file in files)
        {
            await using var stream = file.OpenRead();
            var header = await NpyHeader.ReadAsync(stream, file.Name, cancellationToken);
            TensorFile.Check(file.Name, header.Element, header.Shape, file.IsGzip ? null : file.File.Length - header.Length, limits);
            tensors.Add(new TensorFile(file.Name, file.Name, header.Element, header.Shape, async ct =>
            {
                var data = file.OpenRead();
                await NpyHeader.ReadAsync(data, file.Name, ct);
                return data;
            }));
        }
        return TensorDataset.Build(Name, tensors, labelsMayLack: sidecar.LabelsMayLack);
    }
}
