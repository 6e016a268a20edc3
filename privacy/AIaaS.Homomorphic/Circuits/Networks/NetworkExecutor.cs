using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Networks;

/// <summary>Runs a plan on requests; weights and biases are encoded once. Safe for several threads where the evaluator is.</summary>
public sealed class NetworkExecutor<TCiphertext, TPlaintext, TTransform> : IDisposable
    where TCiphertext : class, ICkksCiphertext
    where TPlaintext : class, ICkksValue
    where TTransform : class, ICkksValue
{
    private readonly IEvaluator<TCiphertext, TPlaintext, TTransform> _evaluator;
    private readonly RandomFill _fill;
    private readonly List<(PreparedLinear<TCiphertext, TPlaintext, TTransform> Linear, TPlaintext[] Biases)> _layers = [];

    /// <exception cref="HomomorphicException">The plan is for other parameters.</exception>
    public NetworkExecutor(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, NetworkPlan plan, RandomFill? fill = null)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(plan);
        OperandChecks.SameParameters(evaluator.Parameters, plan.Parameters);
        (_evaluator, Plan, _fill) = (evaluator, plan, fill ?? new RandomFill());
        foreach (var step in plan.Steps.OfType<LinearStep>())
        {
            // The last bias goes with the random fill, which is new for every reply.
            var last = ReferenceEquals(step, plan.Steps[^1]);
            var biases = last ? [] : step.Biases.Select(bias => evaluator.Encode(bias, step.Level, step.OutputScale)).ToArray();
            _layers.Add((new PreparedLinear<TCiphertext, TPlaintext, TTransform>(evaluator, step.Transforms, step.Level, step.PlaintextScale), biases));
        }
    }

    public NetworkPlan Plan { get; }

    /// <summary>Computes the network.</summary>
    /// <param name="request">The ciphertexts that the plan's <see cref="NetworkPlan.Pack"/> lays out; they stay the caller's.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <returns>The reply, for the caller to dispose of.</returns>
    /// <exception cref="HomomorphicException">The request is not of the plan's shape, level or scale.</exception>
    public TCiphertext[] Run(IReadOnlyList<TCiphertext> request, CancellationToken cancellation = default) => Run(_evaluator, request, cancellation);

    /// <summary>Computes the network with another evaluator's keys: weights are encoded once for all clients.</summary>
    /// <param name="evaluator">Of the same parameters.</param>
    /// <param name="request">The ciphertexts that the plan's <see cref="NetworkPlan.Pack"/> lays out; they stay the caller's.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <inheritdoc cref="Run(IReadOnlyList{TCiphertext}, CancellationToken)"/>
    public TCiphertext[] Run(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, IReadOnlyList<TCiphertext> request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        OperandChecks.SameParameters(_evaluator.Parameters, evaluator.Parameters);
        Check(request);
        var values = request.ToArray();
        var owned = false;
        var layer = 0;
        try
        {
            foreach (var step in Plan.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = step is LinearStep linear ? Linear(evaluator, values, linear, layer++) : Square(evaluator, values);
                Release(values, owned);
                (values, owned) = (next, true);
            }
            return values;
        }
        catch
        {
            Release(values, owned);
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var (linear, biases) in _layers)
        {
            linear.Dispose();
            foreach (var bias in biases) (bias as IDisposable)?.Dispose();
        }
    }

    private static void Release(TCiphertext[] values, bool owned)
    {
        if (owned) Array.ForEach(values, value => value.Dispose());
    }

    private TCiphertext[] Linear(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, TCiphertext[] values, LinearStep step, int layer)
    {
        var (linear, biases) = _layers[layer];
        var sums = linear.Apply(evaluator, values);
        for (var part = 0; part < sums.Length; part++)
        {
            using var sum = sums[part];
            sums[part] = biases.Length > 0 ? evaluator.Add(sum, biases[part]) : Finish(evaluator, sum, step, part);
        }
        return sums;
    }

    private TCiphertext Finish(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, TCiphertext sum, LinearStep step, int part)
    {
        var slots = _fill.Draw(Plan.Parameters.SlotCount, Plan.FillAmplitude);
        for (var slot = 0; slot < slots.Length; slot++)
            if (Plan.Outputs[part][slot] != SlotMap.Empty) slots[slot] = step.Biases[part][slot];
        var plaintext = evaluator.Encode(slots, sum.Level, sum.Scale);
        using (plaintext as IDisposable) return evaluator.Add(sum, plaintext);
    }

    private static TCiphertext[] Square(IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, TCiphertext[] values) => Array.ConvertAll(values, value =>
    {
        using var square = evaluator.Square(value);
        using var two = evaluator.Relinearize(square);
        return evaluator.Rescale(two);
    });

    private void Check(IReadOnlyList<TCiphertext> request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Count != Plan.Inputs.Count) throw new HomomorphicException($"A request has {Plan.Inputs.Count} ciphertexts; {request.Count} were sent.");
        OperandChecks.Request(request, Plan.InputLevel, Plan.InputScale);
    }
}
