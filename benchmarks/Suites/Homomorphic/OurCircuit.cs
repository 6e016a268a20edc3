using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A circuit with everything encoded, run into ciphertexts that are kept.</summary>
internal sealed class OurCircuit : IDisposable
{
    private readonly CkksEvaluator _evaluator;
    private readonly List<Action> _run = [];
    private readonly List<IDisposable> _encoded = [];
    private Ciphertext _x;
    private Ciphertext _next;

    public OurCircuit(CkksEvaluator evaluator, Ciphertext input, IReadOnlyList<CircuitStep> steps)
    {
        _evaluator = evaluator;
        (_x, _next) = (evaluator.CreateDestination(), evaluator.CreateDestination());
        var (level, scale) = (input.Level, input.Scale);
        for (var i = 0; i < steps.Count; i++) (level, scale) = Add(steps[i], i == 0 ? input : null, level, scale);
    }

    public Ciphertext Run()
    {
        foreach (var step in _run) step();
        return _x;
    }

    public void Dispose()
    {
        _encoded.ForEach(value => value.Dispose());
        _x.Dispose();
        _next.Dispose();
    }

    private (int Level, double Scale) Add(CircuitStep step, Ciphertext? input, int level, double scale)
    {
        switch (step)
        {
            case TransformStep transform:
                var encoded = _evaluator.Prepare(transform.Transform, level, transform.Scale);
                _encoded.Add(encoded);
                _run.Add(() => Turn(() => _evaluator.Transform([input ?? _x], encoded, _next)));
                return (level, scale * transform.Scale);
            case FoldStep fold:
                foreach (var by in fold.Steps)
                    _run.Add(() =>
                    {
                        _evaluator.Rotate(_x, by, _next);
                        _evaluator.Add(_x, _next, _x);
                    });
                return (level, scale);
            case BiasStep bias:
                var plaintext = _evaluator.Encode(bias.Values, level, scale);
                _encoded.Add(plaintext);
                _run.Add(() => _evaluator.Add(_x, plaintext, _x));
                return (level, scale);
            case SquaringStep:
                _run.Add(() => Turn(() => _evaluator.Square(_x, _next)));
                _run.Add(() => Turn(() => _evaluator.Relinearize(_x, _next)));
                return (level, scale * scale);
            default:
                _run.Add(() => Turn(() => _evaluator.Rescale(_x, _next)));
                return (level - 1, scale / _evaluator.Parameters.Primes[level]);
        }
    }

    private void Turn(Action operation)
    {
        operation();
        (_x, _next) = (_next, _x);
    }
}
