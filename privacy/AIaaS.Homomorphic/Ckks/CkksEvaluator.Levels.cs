using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEvaluator
{
    public Ciphertext Rescale(Ciphertext value)
    {
        Check(value);
        OperandChecks.Rescalable(Parameters, value);
        var result = New(value.Size, value.Level - 1, value.Scale);
        return Run(result, () => Rescale(value, result));
    }

    public Ciphertext SwitchLevel(Ciphertext value, int level)
    {
        Check(value);
        OperandChecks.Switchable(Parameters, value, level);
        var result = New(value.Size, level, value.Scale);
        return Run(result, () => SwitchLevel(value, level, result));
    }

    public void Rescale(Ciphertext value, Ciphertext destination)
    {
        Check(value);
        CheckDestination(destination, value);
        OperandChecks.Rescalable(Parameters, value);
        destination.Reshape(value.Size, value.Level - 1, value.Scale / Parameters.Primes[value.Level]);
        var remainders = Context.Pool.Rent(value.Size);
        RowJobs.Run(value.Size, Threads, new LastPrimeJob(value, remainders));
        RowJobs.Run(destination.RowCount, Threads, new RescaleJob(value, remainders, destination));
        Context.Pool.Return(remainders);
    }

    public void SwitchLevel(Ciphertext value, int level, Ciphertext destination)
    {
        Check(value);
        CheckDestination(destination, value);
        OperandChecks.Switchable(Parameters, value, level);
        destination.Reshape(value.Size, level, value.Scale);
        for (var polynomial = 0; polynomial < value.Size; polynomial++)
            for (var prime = 0; prime <= level; prime++) value.Row(polynomial, prime).CopyTo(destination.Row(polynomial, prime));
    }

    private readonly struct LastPrimeJob(Ciphertext value, ResidueBuffer remainders) : IRowJob
    {
        public void Run(int row) => value.Context.Rings[value.Level].Inverse(value.Row(row, value.Level), remainders[row]);
    }

    private readonly struct RescaleJob(Ciphertext value, ResidueBuffer remainders, Ciphertext destination) : IRowJob
    {
        public void Run(int row)
        {
            var context = value.Context;
            var polynomial = row / value.Level;
            var prime = row % value.Level;
            var ring = context.Rings[prime];
            var result = destination.Rows[row];
            ring.ForwardLifted(context.Rings[value.Level], remainders[polynomial], result);
            ring.SubtractMultiplyScalar(value.Row(polynomial, prime), result, context.InverseOf(value.Level, prime), result);
        }
    }
}
