using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Protocol;
using AIaaS.Pipeline.Inference.Serving;
using AIaaS.Pipeline.Problems;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Inference;

/// <summary>Answers infer requests: reads the tensors, runs the model, writes the tensors.</summary>
public sealed class InferenceEngine(InferenceMetrics metrics, TimeProvider clock)
{
    /// <summary>A model nobody here trained may loop; its runs are ended after this long.</summary>
    public static readonly TimeSpan ImportedRunLimit = TimeSpan.FromSeconds(30);

    private const string ImportOrigin = "import:";
    private const int MaxReasonLength = 300;

    /// <param name="model">Under a lease of the caller.</param>
    /// <param name="body">Not disposed.</param>
    /// <returns>To be disposed once it is written.</returns>
    /// <exception cref="PipelineException">InvalidRequest, TensorInvalid, PayloadTooLarge; ModelUnavailable when the run takes too long or too much memory.</exception>
    public InferenceResponse Infer(LoadedModel model, in RequestBody body)
    {
        ArgumentNullException.ThrowIfNull(model);
        var started = metrics.IsEnabled ? clock.GetTimestamp() : 0;
        using var request = InferenceRequestReader.Read(body, model.Signature);
        using var outputs = Run(model, request.Inputs, OutputNames(request));
        var response = InferenceResponseWriter.Write(model.Version.Model, model.VersionText, request, outputs);
        if (metrics.IsEnabled) metrics.Record(model.Version.Model, clock.GetElapsedTime(started));
        return response;
    }

    /// <summary>Checks a request against a model without running it.</summary>
    /// <exception cref="PipelineException">As for <see cref="Infer"/>.</exception>
    public static void Check(LoadedModel model, in RequestBody body)
    {
        ArgumentNullException.ThrowIfNull(model);
        InferenceRequestReader.Read(body, model.Signature).Dispose();
    }

    /// <summary>Runs a model on tensors in the order of its inputs.</summary>
    /// <exception cref="PipelineException">TensorInvalid, ModelUnavailable.</exception>
    internal static OnnxOutputs Run(LoadedModel model, IReadOnlyCollection<OrtValue> inputs, IReadOnlyList<string> outputNames)
    {
        try
        {
            return model.Version.Origin.StartsWith(ImportOrigin, StringComparison.Ordinal)
                ? RunLimited(model, inputs, outputNames)
                : model.Model.Run(model.Signature.InputNames, inputs, outputNames);
        }
        catch (OnnxRuntimeException exception)
        {
            throw Explain(exception);
        }
    }

    private static OnnxOutputs RunLimited(LoadedModel model, IReadOnlyCollection<OrtValue> inputs, IReadOnlyList<string> outputNames)
    {
        using var options = new RunOptions();
        using var limit = new CancellationTokenSource(ImportedRunLimit);
        using var stop = limit.Token.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            return model.Model.Run(model.Signature.InputNames, inputs, outputNames, options);
        }
        catch (OnnxRuntimeException exception) when (limit.IsCancellationRequested)
        {
            throw new PipelineException(ProblemCodes.ModelUnavailable, $"The model ran longer than {ImportedRunLimit.TotalSeconds:0} s and was stopped. Send a smaller batch.", innerException: exception);
        }
    }

    private static string[] OutputNames(InferenceRequest request)
    {
        var signature = request.Signature;
        return ReferenceEquals(request.Outputs, signature.AllOutputs)
            ? signature.OutputNames
            : Array.ConvertAll(request.Outputs, index => signature.OutputNames[index]);
    }

    /// <summary>ONNX Runtime's texts name nodes and shapes of the model, never values of tensors.</summary>
    private static PipelineException Explain(OnnxRuntimeException exception)
    {
        if (exception.Message.Contains("Failed to allocate memory", StringComparison.Ordinal))
            return new PipelineException(ProblemCodes.ModelUnavailable, "There was not enough memory to run the model. Send a smaller batch.", innerException: exception);
        var reason = exception.Message.Length <= MaxReasonLength ? exception.Message : exception.Message[..MaxReasonLength] + "…";
        return new PipelineException(ProblemCodes.TensorInvalid, $"The model cannot run on these inputs: {reason}", innerException: exception);
    }
}
