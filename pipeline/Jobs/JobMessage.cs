namespace AIaaS.Pipeline.Jobs;

/// <summary>The body of a message in the queue training-jobs: a name, and nothing that could grow old.</summary>
public sealed record JobMessage(string JobId)
{
    /// <exception cref="Problems.PipelineException">InvalidRequest: such a message belongs into the dead-letter queue.</exception>
    public static JobMessage Parse(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            var message = System.Text.Json.JsonSerializer.Deserialize(body.ToMemory().Span, JobsJson.Default.JobMessage);
            if (Storage.ResourceName.IsValid(message?.JobId)) return message;
        }
        catch (System.Text.Json.JsonException)
        {
            // Falls through.
        }
        throw new Problems.PipelineException(Problems.ProblemCodes.InvalidRequest, "A message of the queue training-jobs must be {\"jobId\":\"name\"}.");
    }
}
