using System.Text.Json;
using AIaaS.Models.Sessions;
using AIaaS.Pipeline.Inference.Tensors;
using AIaaS.Pipeline.Problems;
using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Pipeline.Import;

/// <summary>The child's side of an import: loads and runs a model from standard input, and says on standard output what it is.</summary>
/// <remarks>
/// Loading runs native code over the whole file, folds constants and allocates what the file says; so does running it. Done here, a file that
/// crashes, loops or swells takes this process with it and nothing else. The program that asks starts itself with
/// <see cref="Argument"/>, so it works wherever the program does, Azure Functions included.
/// </remarks>
public static class TrialLoad
{
    /// <summary>The one argument that asks for it.</summary>
    public const string Argument = "--trial-load";

    public static bool IsAsked(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments is [Argument, ..];
    }

    /// <param name="arguments"><see cref="Argument"/> and the bytes of memory allowed.</param>
    /// <returns>The exit code: 0 when a report was written.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments is not [_, var limit] || !long.TryParse(limit, out var bytes) || bytes <= 0) return 1;
        ProcessLimits.Apply(bytes);
        using var input = Console.OpenStandardInput();
        using var file = new MemoryStream();
        input.CopyTo(file);
        var report = JsonSerializer.SerializeToUtf8Bytes(Load(file.ToArray()), ImportJson.Default.TrialReport);
        using var output = Console.OpenStandardOutput();
        output.Write(report);
        return 0;
    }

    private static TrialReport Load(byte[] file)
    {
        try
        {
            using var model = OnnxModel.Load(file);
            var signature = ModelSignature.Of(model);
            TrialRun.Run(model, signature);
            return new TrialReport([.. signature.Inputs.Select(Describe)], [.. signature.Outputs.Select(Describe)], Refusal: null);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or NotSupportedException or PipelineException)
        {
            return new TrialReport([], [], exception.Message);
        }
    }

    private static TrialTensor Describe(TensorSpec spec) => new(spec.Name, spec.Datatype.Name(), spec.Shape);
}
