using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>A matrix-vector product of any shape on its own: how to pack the vector, which rotations it takes, where the results stand.</summary>
public sealed class MatrixVectorProduct
{
    private MatrixVectorProduct(WeightMatrix matrix, IReadOnlyList<SlotMap> inputs, IReadOnlyList<FoldedTransform> parts)
    {
        (Matrix, Inputs, Parts) = (matrix, inputs, parts);
        Rotations = [.. parts.SelectMany(part => part.Rotations).Distinct().Order()];
    }

    public WeightMatrix Matrix { get; }

    /// <summary>The vector's slots, per ciphertext.</summary>
    public IReadOnlyList<SlotMap> Inputs { get; }

    /// <summary>Per ciphertext of the result.</summary>
    public IReadOnlyList<FoldedTransform> Parts { get; }

    /// <summary>Rotations whose keys are needed.</summary>
    public IReadOnlyList<int> Rotations { get; }

    /// <param name="matrix">Of any shape; what exceeds the slots is split over several ciphertexts.</param>
    /// <param name="parameters">Whose slots.</param>
    /// <param name="level">What costs are compared at.</param>
    /// <param name="costs">Null takes <see cref="UnitCosts.Model"/>.</param>
    /// <param name="babySteps">Fixes the baby steps.</param>
    public static MatrixVectorProduct Create(WeightMatrix matrix, CkksParameters parameters, int level, UnitCosts? costs = null, int? babySteps = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(parameters);
        var (inputs, _) = InputMaps(matrix, parameters.SlotCount);
        return new MatrixVectorProduct(matrix, inputs, DenseCircuit.Interleaved(matrix, inputs, (costs ?? UnitCosts.Model(parameters.Degree))[level], babySteps));
    }

    /// <returns>The slots of every input ciphertext.</returns>
    public double[][] Pack(double[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Length != Matrix.Columns) throw new HomomorphicException($"The matrix has {Matrix.Columns} columns; {vector.Length} values were given.");
        return [.. Inputs.Select(map => map.Pack(vector))];
    }

    public double[] Unpack(IReadOnlyList<double[]> slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        var result = new double[Matrix.Rows];
        for (var part = 0; part < Parts.Count; part++)
            for (var slot = 0; slot < slots[part].Length; slot++)
                if (Parts[part].Result[slot] is var row and not SlotMap.Empty) result[row] = slots[part][slot];
        return result;
    }

    /// <summary>Encodes the weights, for use with any number of vectors.</summary>
    public PreparedLinear<TCiphertext, TPlaintext, TTransform> Prepare<TCiphertext, TPlaintext, TTransform>(
        IEvaluator<TCiphertext, TPlaintext, TTransform> evaluator, int level, double scale)
        where TCiphertext : class, ICkksCiphertext
        where TPlaintext : class, ICkksValue
        where TTransform : class, ICkksValue => new(evaluator, Parts, level, scale);

    /// <summary>A fresh vector, repeated with the period that makes the fewest instances; as many ciphertexts as it needs.</summary>
    /// <exception cref="HomomorphicException">The period asked for is shorter than a ciphertext's share of the vector, or longer than its slots.</exception>
    internal static (IReadOnlyList<SlotMap> Inputs, int Period) InputMaps(WeightMatrix matrix, int slots, int? asked = null)
    {
        var parts = (matrix.Columns + slots - 1) / slots;
        var width = (matrix.Columns + parts - 1) / parts;
        if (asked < width || asked > slots) throw new HomomorphicException($"{width} values repeat every {width} to {slots} slots, not every {asked}.");
        var period = asked ?? RepetitionSearch.Period(slots, Math.Min(matrix.Rows, slots), width);
        return ([.. Enumerable.Range(0, parts).Select(part => SlotMap.Periodic(slots, Math.Min(width, matrix.Columns - part * width), period, part * width))], period);
    }
}
