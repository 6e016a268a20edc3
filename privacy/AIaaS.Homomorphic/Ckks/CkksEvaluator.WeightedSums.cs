using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEvaluator
{
    public Ciphertext[] WeightedSums(ReadOnlySpan<Ciphertext> inputs, ReadOnlySpan<double[]> rows, double scale)
    {
        foreach (var input in inputs) Check(input);
        OperandChecks.WeightedSums(Parameters, inputs, rows, scale);
        var (size, level) = (inputs[0].Size, inputs[0].Level);
        var weights = new WeightMatrix(new double[rows.Length * inputs.Length], inputs.Length, rows.Length);
        for (var output = 0; output < rows.Length; output++)
            for (var i = 0; i < inputs.Length; i++) weights.Values[output * inputs.Length + i] = Math.Round(rows[output][i] * scale);

        var sources = new ResidueBuffer[inputs.Length];
        for (var i = 0; i < sources.Length; i++) sources[i] = inputs[i].Rows;
        var results = new Ciphertext[rows.Length];
        for (var i = 0; i < results.Length; i++) results[i] = New(size, level, inputs[0].Scale * scale);
        RowJobs.Run(size * (level + 1), Threads, new WeightedSumsJob(Context, sources, weights, [.. results.Select(result => result.Rows)], level));
        foreach (var result in results) RefuseTransparent(result);
        return results;
    }

    private readonly struct WeightedSumsJob(CkksContext context, ResidueBuffer[] sources, WeightMatrix weights, ResidueBuffer[] destinations, int level) : IRowJob
    {
        public void Run(int row) => context.Rings[row % (level + 1)].WeightedSums(sources, row, weights, destinations, row);
    }
}
