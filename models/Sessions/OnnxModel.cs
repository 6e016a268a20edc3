using Microsoft.ML.OnnxRuntime;

namespace AIaaS.Models.Sessions;

/// <summary>An ONNX model in memory. Runs on any number of threads at once; may be disposed while runs are under way.</summary>
public sealed class OnnxModel : IDisposable
{
    /// <summary>Shared: nothing ever changes it.</summary>
    private static readonly RunOptions SharedRunOptions = new();

    private readonly InferenceSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <summary>Runs under way, plus one until disposed: whoever takes it to zero frees the session.</summary>
    private int _users = 1;
    private int _disposed;

    private OnnxModel(InferenceSession session)
    {
        _session = session;
        _inputNames = [.. session.InputNames];
        _outputNames = [.. session.OutputNames];
        Inputs = Describe(_inputNames, session.InputMetadata);
        Outputs = Describe(_outputNames, session.OutputMetadata);
        Metadata = session.ModelMetadata.CustomMetadataMap;
    }

    public IReadOnlyList<TensorInfo> Inputs { get; }

    public IReadOnlyList<TensorInfo> Outputs { get; }

    /// <summary>All inputs and outputs in the model's order, made once: no allocation a run.</summary>
    public IReadOnlyList<string> InputNames => _inputNames;

    public IReadOnlyList<string> OutputNames => _outputNames;

    /// <summary>The file's metadata_props.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <param name="file">The whole ONNX file; not kept. Of an untrusted file, call <see cref="Onnx.OnnxInspector"/> first.</param>
    /// <param name="options">Threads and optimisation; null takes the defaults.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot run it.</exception>
    /// <exception cref="NotSupportedException">An input or output is no tensor (a sequence, a map).</exception>
    public static OnnxModel Load(byte[] file, OnnxModelOptions? options = null)
    {
        options ??= OnnxModelOptions.Default;
        using var session = new SessionOptions();
        session.IntraOpNumThreads = options.IntraOpThreads;
        session.InterOpNumThreads = 1;
        session.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
        session.GraphOptimizationLevel = options.Optimization;
        session.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        // Bytes in ONNX Runtime's own format would pass by everything that checked them as ONNX.
        session.AddSessionConfigEntry("session.load_model_format", "ONNX");
        // Idle threads of one model would burn the cores that another model's requests need.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var loaded = new InferenceSession(file, session);
        try
        {
            return new OnnxModel(loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Runs on all inputs, in the order of <see cref="Inputs"/>, for all outputs.</summary>
    public OnnxOutputs Run(IReadOnlyCollection<OrtValue> inputs) => Run(_inputNames, inputs, _outputNames);

    /// <summary>Runs for some outputs, with inputs in any order.</summary>
    /// <param name="inputNames">As many as <paramref name="inputs"/>.</param>
    /// <param name="inputs">Not disposed.</param>
    /// <param name="outputNames">Kept by the result.</param>
    /// <param name="runOptions">For a run that may be stopped: set <see cref="RunOptions.Terminate"/> from another thread. Null otherwise.</param>
    /// <exception cref="OnnxRuntimeException">An input has the wrong type, rank or size, or a name is unknown.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before the run began.</exception>
    public OnnxOutputs Run(
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyList<string> outputNames,
        RunOptions? runOptions = null)
    {
        Enter();
        try
        {
            return new OnnxOutputs(outputNames, _session.Run(runOptions ?? SharedRunOptions, inputNames, inputs, outputNames));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>No new run begins; the session is freed once the last run under way has ended.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Leave();
    }

    private void Enter()
    {
        var users = Volatile.Read(ref _users);
        while (true)
        {
            ObjectDisposedException.ThrowIf(users == 0 || Volatile.Read(ref _disposed) == 1, this);
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return;
            users = seen;
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0) _session.Dispose();
    }

    private static TensorInfo[] Describe(string[] names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. names.Select(name => metadata[name] is { IsTensor: true } tensor
            ? new TensorInfo(name, tensor.ElementDataType, [.. tensor.Dimensions.Select(size => (long)size)])
            : throw new NotSupportedException($"'{name}' is not a tensor."))];
}
