using System.Numerics;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>A wide matrix by squat diagonals: as many diagonals as rows, the vector repeated with a period that is a power of two.</summary>
/// <remarks>The usual good layout ("GAZELLE", 2018); for 784 to 64 it is 7 + 7 rotations, 64 products and 4 folds.</remarks>
internal sealed class SquatMatrix
{
    private readonly double[][] _rows;

    /// <param name="rows">Weights.</param>
    /// <param name="slots">Of a ciphertext.</param>
    public SquatMatrix(double[][] rows, int slots)
    {
        _rows = rows;
        Height = (int)BitOperations.RoundUpToPowerOf2((uint)rows.Length);
        Width = (int)BitOperations.RoundUpToPowerOf2((uint)rows[0].Length);
        Slots = slots;
        var babies = 1 << ((BitOperations.Log2((uint)Height) + 1) / 2);
        Transform = new LinearTransform(babies, [.. Enumerable.Range(0, Height).Select(d => new DiagonalTerm(0, d % babies, d / babies, Diagonal(d)))]);
        Folds = [.. Enumerable.Range(0, BitOperations.Log2((uint)(Width / Height))).Select(i => Width >> (i + 1))];
    }

    public int Height { get; }

    public int Width { get; }

    public int Slots { get; }

    public LinearTransform Transform { get; }

    public IReadOnlyList<int> Folds { get; }

    public IEnumerable<int> Rotations => Transform.Rotations.Concat(Folds);

    /// <summary>A vector as the input wants it: repeated.</summary>
    public double[] Repeat(double[] vector, int period) =>
        [.. Enumerable.Range(0, Slots).Select(slot => slot % period < vector.Length ? vector[slot % period] : 0)];

    private double[] Diagonal(int diagonal) =>
        [.. Enumerable.Range(0, Slots).Select(slot =>
        {
            var (row, column) = (slot % Height, (slot + diagonal) % Width);
            return row < _rows.Length && column < _rows[row].Length ? _rows[row][column] : 0;
        })];
}
