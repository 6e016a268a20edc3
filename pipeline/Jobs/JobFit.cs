using AIaaS.Pipeline.Datasets;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <summary>Whether a job can be trained on a dataset: found out when it is submitted, not an hour later on a GPU.</summary>
public static class JobFit
{
    /// <exception cref="PipelineException">JobInvalid, with all faults by JSON pointer into the job file.</exception>
    public static void Check(TrainingJob job, DatasetSchema schema, DatasetReport report)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(report);
        var faults = new List<ProblemItem>();
        CheckLabel(job, schema, report, faults);
        CheckFeatures(job, schema, faults);
        if (job.Privacy is not null) EncryptedJob.CheckFit(job, schema, faults);
        CheckSplit(job, schema, report, faults);
        if (faults.Count > 0)
            throw new PipelineException(ProblemCodes.JobInvalid, $"The job does not fit the dataset '{job.Dataset}': {faults[0].Detail}", faults);
    }

    private static void CheckLabel(TrainingJob job, DatasetSchema schema, DatasetReport report, List<ProblemItem> faults)
    {
        switch (job.Task, schema.Label)
        {
            case (_, null):
                faults.Add(new("/dataset", "The dataset has no label column. Name one in its dataset.yaml ('label: column') and drop it again."));
                break;
            case (TrainingTask.Classification, { Type: ColumnType.Number } label):
                faults.Add(new("/task", $"The label '{label.Name}' is a number: use 'task: regression', or declare it a category in dataset.yaml."));
                break;
            case (TrainingTask.Regression, { Type: ColumnType.Category } label):
                faults.Add(new("/task", $"The label '{label.Name}' has {label.Categories.Count} categories: use 'task: classification'."));
                break;
            case (TrainingTask.Classification, { Type: ColumnType.Category } label) when label.Categories.Count < 2:
                faults.Add(new("/dataset", $"The label '{label.Name}' has a single class; there is nothing to learn."));
                break;
            case (_, { Type: not (ColumnType.Number or ColumnType.Category) } label):
                faults.Add(new("/dataset", $"The label '{label.Name}' is {label.Type}; only numbers and categories can be learned."));
                break;
        }
        if (report.Rows == 0) faults.Add(new("/dataset", "The dataset has no rows."));
    }

    private static void CheckFeatures(TrainingJob job, DatasetSchema schema, List<ProblemItem> faults)
    {
        var images = schema.Features.Where(feature => feature.Type == ColumnType.Image).ToList();
        if (schema.Features.All(feature => feature.Type == ColumnType.Text))
            faults.Add(new("/dataset", "The dataset has no feature to learn from: free text is not used as one."));
        if (images.Count > 0 && schema.Features.Count > 1)
            faults.Add(new("/dataset", "Images together with other columns cannot be trained on. Leave the other columns out."));
        if (job.Family.Name != "cnn" || job.Privacy is not null) return;

        if (images is not [var image])
        {
            faults.Add(new("/family/name", "The family cnn needs images, and the dataset has none. Use mlp or linear."));
            return;
        }
        // Every block halves both sides, and something must be left to flatten.
        var side = Math.Min(image.Shape[0], image.Shape[1]);
        if (side >> job.Family.Channels.Count < 1)
            faults.Add(new("/family/channels", string.Create(null,
                $"{job.Family.Channels.Count} convolution blocks halve images of {image.Shape[0]}x{image.Shape[1]} to nothing; at most {(int)Math.Log2(side)} fit.")));
    }

    private static void CheckSplit(TrainingJob job, DatasetSchema schema, DatasetReport report, List<ProblemItem> faults)
    {
        if (job.TestSize is not { } share)
        {
            if (report.Split.Train == 0) faults.Add(new("/test_size", "The dataset's own split has no training rows. Give a test_size to split anew."));
            if (report.Split.Test == 0) faults.Add(new("/test_size", "The dataset's own split has no test rows. Give a test_size to split anew."));
            return;
        }
        var classes = job.Task == TrainingTask.Classification ? schema.Label?.Categories.Count ?? 1 : 1;
        var test = (long)Math.Floor(report.Rows * share);
        if (test < classes)
            faults.Add(new("/test_size", $"{share} of {report.Rows} rows are {test} test rows, fewer than the {classes} classes need. Use a larger share or more data."));
        if (report.Rows - test < 2L * classes)
            faults.Add(new("/test_size", $"{report.Rows - test} rows would be left to train and validate {classes} classes with. Use a smaller share or more data."));
    }
}
