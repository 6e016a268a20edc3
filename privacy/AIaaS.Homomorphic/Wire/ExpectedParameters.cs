using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Wire;

/// <summary>What every object must belong to, with the identifiers of all levels at hand.</summary>
internal sealed class ExpectedParameters
{
    private readonly ParametersId _keys;
    private readonly ParametersId[] _levels;

    public ExpectedParameters(CkksContext context)
    {
        Context = context;
        _keys = ParametersId.OfKeys(Parameters);
        _levels = [.. Enumerable.Range(0, Parameters.DataPrimeCount).Select(level => ParametersId.OfLevel(Parameters, level))];
    }

    public CkksContext Context { get; }

    public CkksParameters Parameters => Context.Parameters;

    /// <exception cref="ParametersMismatchException">It is the identifier of none of the levels.</exception>
    public int Level(ParametersId id, string name)
    {
        var level = Array.IndexOf(_levels, id);
        if (level >= 0) return level;
        if (id == default) throw new ParametersMismatchException($"The parms_id of the {name} is zero, so it is not in NTT form; CKKS always is. Was it made with BFV or BGV?");
        if (id == _keys) throw new ParametersMismatchException($"The {name} has the parms_id of keys, {id}; {Parameters} has levels from {_levels[^1]} (top) to {_levels[0]} (lowest).");
        throw new ParametersMismatchException(
            $"The {name} has the parms_id {id}; {Parameters} has levels from {_levels[^1]} (top) to {_levels[0]} (lowest). Use the same degree and primes on both sides.");
    }

    /// <exception cref="ParametersMismatchException">It is not the identifier of keys.</exception>
    public void RequireKeys(ParametersId id, string name)
    {
        if (id != _keys)
            throw new ParametersMismatchException($"The {name} has the parms_id {id}; keys of {Parameters} have {_keys}. Use the same degree and primes on both sides.");
    }

    /// <exception cref="WireFormatException">No value of this level can have this scale.</exception>
    public void CheckScale(double scale, int level, string name)
    {
        if (!double.IsFinite(scale) || scale <= 0) throw new WireFormatException($"The scale of the {name} is {scale}; it must be a finite positive number.");
        var bits = Parameters.ModulusBits(level);
        if (Math.Log2(scale) >= bits)
            throw new WireFormatException($"The scale of the {name} is 2^{Math.Log2(scale):F1}; the primes of level {level} have {bits:F1} bits, and the scale must be below their product.");
    }
}
