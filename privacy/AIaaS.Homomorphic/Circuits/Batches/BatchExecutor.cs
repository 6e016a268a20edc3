using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Batches;

/// <summary>Runs a batch plan. Memory: the request, one layer's outputs, and a few ciphertexts a thread.</summary>
/// <param name="evaluator">Used by several threads at once where <paramref name="threads"/> is above one.</param>
/// <param name="plan">For the evaluator's parameters.</param>
/// <param name="threads">At most.</param>
public sealed class BatchExecutor<TCiphertext, TPlaintext, TTransform>(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, BatchPlan plan, int threads = 1)
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    /// <summary>Outputs summed in one pass over the inputs.</summary>
    private const int RowsPerPass = 16;

    public BatchPlan Plan { get; } = plan;

    /// <param name="request">A ciphertext per input element; they stay the caller's.</param>
    /// <param name="cancellation">Checked between passes.</param>
    /// <returns>A ciphertext per output, for the caller to dispose of; of three polynomials where the plan needs no keys.</returns>
    /// <exception cref="HomomorphicException">The request is not of the plan's shape, level or scale.</exception>
    public TCiphertext[] Run(IReadOnlyList<TCiphertext> request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        OperandChecks.SameParameters(evaluator.Parameters, Plan.Parameters);
        if (request.Count != Plan.InputCount) throw new HomomorphicException($"A request has {Plan.InputCount} ciphertexts; {request.Count} were sent.");
        OperandChecks.Request(request, Plan.InputLevel, Plan.InputScale);

        var values = request.ToArray();
        var owned = false;
        try
        {
            foreach (var layer in Plan.Layers)
            {
                var next = Layer(layer, values, cancellation);
                if (owned) Release(values);
                (values, owned) = (next, true);
            }
            return values;
        }
        catch
        {
            if (owned) Release(values);
            throw;
        }
    }

    private static void Release(TCiphertext?[] values) => Array.ForEach(values, value => value?.Dispose());

    private TCiphertext[] Layer(BatchLayer layer, TCiphertext[] inputs, CancellationToken cancellation)
    {
        var outputs = new TCiphertext[layer.OutputCount];
        var passes = layer.Groups.SelectMany(group => Enumerable.Range(0, (group.Outputs.Length + RowsPerPass - 1) / RowsPerPass).Select(pass => (group, pass))).ToArray();
        try
        {
            Parallel.ForEach(passes, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, pass => Pass(layer, pass.group, pass.pass, inputs, outputs));
        }
        catch (AggregateException errors) when (errors.InnerException is HomomorphicException)
        {
            Release(outputs);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors.InnerException);
        }
        catch
        {
            Release(outputs);
            throw;
        }
        return outputs;
    }

    private void Pass(BatchLayer layer, BatchGroup group, int pass, TCiphertext[] inputs, TCiphertext[] outputs)
    {
        var first = pass * RowsPerPass;
        var count = Math.Min(RowsPerPass, group.Outputs.Length - first);
        var read = Array.ConvertAll(group.Elements, element => inputs[element]);
        var sums = evaluator.WeightedSums(read, group.Rows.AsSpan(first, count), layer.WeightScale);
        for (var i = 0; i < count; i++)
        {
            using var sum = sums[i];
            var bias = evaluator.Encode(group.Biases[first + i], sum.Level, sum.Scale);
            using (bias as IDisposable)
                outputs[group.Outputs[first + i]] = layer.Level == 0 ? evaluator.Add(sum, bias) : Activate(evaluator.Add(sum, bias));
        }
    }

    private TCiphertext Activate(TCiphertext value)
    {
        using (value)
        {
            using var square = evaluator.Square(value);
            if (Plan.RelinearizationLevel is null) return evaluator.Rescale(square);
            using var two = evaluator.Relinearize(square);
            return evaluator.Rescale(two);
        }
    }
}
