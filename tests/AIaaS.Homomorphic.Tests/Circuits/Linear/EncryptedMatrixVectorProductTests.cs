using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Tests.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits.Linear;

public sealed class EncryptedMatrixVectorProductTests
{
    [Theory]
    [InlineData(64, 784, 1)]
    [InlineData(10, 5000, 2)]
    [InlineData(100, 3, 1)]
    public void Apply_EncryptedVector_IsTheProduct(int rows, int columns, int ciphertexts)
    {
        var parameters = CkksParameters.Create(8192, [50, 40, 40, 50]);
        var random = new Random(rows);
        var matrix = new WeightMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => 2 * random.NextDouble() - 1)]);
        var vector = Enumerable.Range(0, columns).Select(_ => 2 * random.NextDouble() - 1).ToArray();
        var product = MatrixVectorProduct.Create(matrix, parameters, 2);
        product.Inputs.Count.ShouldBe(ciphertexts);
        var scheme = new EncryptedScheme(parameters, product.Rotations);
        using var prepared = product.Prepare(scheme.Evaluator, 2, 1L << 40);

        var inputs = product.Pack(vector).Select(slots => scheme.Encrypt(slots, 2, 1L << 40)).ToArray();
        var outputs = prepared.Apply(inputs);

        var result = product.Unpack([.. outputs.Select(output => scheme.Decrypt(output).Select(slot => slot.Real).ToArray())]);
        var expected = matrix.Multiply(vector);
        for (var row = 0; row < rows; row++) result[row].ShouldBe(expected[row], 1e-5);
        foreach (var value in inputs.Concat(outputs)) value.Dispose();
    }
}
