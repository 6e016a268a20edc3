using System.Buffers;
using System.Text.Json;
using System.Xml;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Jobs;

/// <summary>Job files: YAML or JSON with the same keys. models/job.schema.json describes them for editors; a test keeps the two the same.</summary>
public static class JobFile
{
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads a job file and fills every default.</summary>
    /// <exception cref="PipelineException">PayloadTooLarge; JobInvalid with every fault and where it is, as a JSON pointer.</exception>
    public static TrainingJob Parse(ReadOnlyMemory<byte> yamlOrJson)
    {
        if (yamlOrJson.Length > MaxBytes)
            throw new PipelineException(ProblemCodes.PayloadTooLarge, $"A job file may take {MaxBytes / 1024} KiB; this one takes {yamlOrJson.Length} bytes.");
        using var document = JobFileSyntax.Read(yamlOrJson);
        var faults = new List<ProblemItem>();
        var job = JobFileReader.Read(document.RootElement, faults);
        return faults.Count == 0 ? job : throw new PipelineException(ProblemCodes.JobInvalid,
            faults is [var only] ? $"{only.Pointer}: {only.Detail}" : $"The job file has {faults.Count} faults; the first is at {faults[0].Pointer}: {faults[0].Detail}", faults);
    }

    /// <summary>The job with all its defaults as a job file in JSON: what lies beside the model. Equal jobs give equal bytes.</summary>
    public static byte[] ToJson(TrainingJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("type", job.Type);
            json.WriteString("dataset", job.Dataset);
            json.WriteString("model", job.Model);
            json.WriteString("task", JobFileNames.Of(job.Task));
            WriteFamily(json, job.Family);
            WriteTraining(json, job.Training);
            if (job.TestSize is { } share) json.WriteNumber("test_size", share);
            json.WriteString("device", JobFileNames.Of(job.Device));
            json.WriteStartObject("limits");
            json.WriteString("timeout", XmlConvert.ToString(job.Limits.Timeout));
            json.WriteNumber("max_attempts", job.Limits.MaxAttempts);
            json.WriteEndObject();
            if (job.Privacy is { } privacy)
            {
                json.WriteStartObject("privacy");
                json.WriteString("inference", privacy.Inference);
                json.WriteString("reference", privacy.Reference);
                json.WriteEndObject();
            }
            if (job.DisplayName is { } name) json.WriteString("display_name", name);
            if (job.Tags.Count > 0)
            {
                json.WriteStartObject("tags");
                foreach (var (key, value) in job.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFamily(Utf8JsonWriter json, FamilySpec family)
    {
        json.WriteStartObject("family");
        json.WriteString("name", family.Name);
        if (family.Name == "cnn") WriteWidths(json, "channels", family.Channels);
        if (family.Name != "linear")
        {
            WriteWidths(json, "hidden", family.Hidden);
            json.WriteNumber("dropout", family.Dropout);
        }
        json.WriteEndObject();
    }

    private static void WriteWidths(Utf8JsonWriter json, string key, IReadOnlyList<int> widths)
    {
        json.WriteStartArray(key);
        foreach (var width in widths) json.WriteNumberValue(width);
        json.WriteEndArray();
    }

    private static void WriteTraining(Utf8JsonWriter json, TrainingArguments training)
    {
        json.WriteStartObject("training");
        json.WriteNumber("num_train_epochs", training.NumTrainEpochs);
        json.WriteNumber("per_device_train_batch_size", training.PerDeviceTrainBatchSize);
        json.WriteString("optimizer", training.Optimizer);
        json.WriteNumber("learning_rate", training.LearningRate);
        json.WriteString("lr_scheduler_type", training.LrSchedulerType);
        json.WriteNumber("warmup_ratio", training.WarmupRatio);
        json.WriteNumber("weight_decay", training.WeightDecay);
        json.WriteNumber("seed", training.Seed);
        if (training.EarlyStoppingPatience is { } patience) json.WriteNumber("early_stopping_patience", patience);
        json.WriteNumber("num_threads", training.NumThreads);
        if (training.MaxGradNorm is { } norm) json.WriteNumber("max_grad_norm", norm);
        json.WriteEndObject();
    }
}
