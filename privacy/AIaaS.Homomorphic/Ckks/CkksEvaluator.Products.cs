namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEvaluator
{
    public Ciphertext Multiply(Ciphertext left, Plaintext right) => Into(left, right, Multiply);

    public Ciphertext Multiply(Ciphertext left, Ciphertext right)
    {
        Check(left);
        var result = New(3, left.Level, left.Scale);
        return Run(result, () => Multiply(left, right, result));
    }

    public Ciphertext Square(Ciphertext value)
    {
        Check(value);
        var result = New(3, value.Level, value.Scale);
        return Run(result, () => Square(value, result));
    }

    public Ciphertext Relinearize(Ciphertext value)
    {
        Check(value);
        var result = New(2, value.Level, value.Scale);
        return Run(result, () => Relinearize(value, result));
    }

    public void Multiply(Ciphertext left, Plaintext right, Ciphertext destination)
    {
        Check(left);
        Check(right);
        Check(destination);
        OperandChecks.Multipliable(Parameters, left, right);
        destination.Reshape(left.Size, left.Level, left.Scale * right.Scale);
        for (var polynomial = 0; polynomial < left.Size; polynomial++)
            for (var prime = 0; prime <= left.Level; prime++)
                Context.Rings[prime].Multiply(left.Row(polynomial, prime), right.Rows[prime], destination.Row(polynomial, prime));
        RefuseTransparent(destination);
    }

    public void Multiply(Ciphertext left, Ciphertext right, Ciphertext destination)
    {
        PrepareProduct(left, right, destination);
        for (var prime = 0; prime <= left.Level; prime++)
        {
            var ring = Context.Rings[prime];
            var middle = destination.Row(1, prime);
            ring.Multiply(left.Row(0, prime), right.Row(0, prime), destination.Row(0, prime));
            ring.Multiply(left.Row(0, prime), right.Row(1, prime), middle);
            ring.MultiplyAdd(left.Row(1, prime), right.Row(0, prime), middle);
            ring.Multiply(left.Row(1, prime), right.Row(1, prime), destination.Row(2, prime));
        }
        RefuseTransparent(destination);
    }

    public void Square(Ciphertext value, Ciphertext destination)
    {
        PrepareProduct(value, value, destination);
        for (var prime = 0; prime <= value.Level; prime++)
        {
            var ring = Context.Rings[prime];
            var middle = destination.Row(1, prime);
            ring.Multiply(value.Row(0, prime), value.Row(0, prime), destination.Row(0, prime));
            ring.Multiply(value.Row(0, prime), value.Row(1, prime), middle);
            ring.Add(middle, middle, middle);
            ring.Multiply(value.Row(1, prime), value.Row(1, prime), destination.Row(2, prime));
        }
        RefuseTransparent(destination);
    }

    /// <summary>A ciphertext that has two polynomials already is copied.</summary>
    public void Relinearize(Ciphertext value, Ciphertext destination)
    {
        Check(value);
        CheckDestination(destination, value);
        OperandChecks.Relinearizable(value);
        destination.Reshape(2, value.Level, value.Scale);
        var primes = value.Level + 1;
        if (value.Size == 3)
        {
            OperandChecks.KeySwitching(Parameters);
            var key = _relinearizationKey ?? throw new HomomorphicException("There is no relinearization key. Give one to the evaluator.");
            SwitchInto(value, 2 * primes, key.Key, destination);
            for (var row = 0; row < 2 * primes; row++) Context.Rings[row % primes].Add(destination.Rows[row], value.Rows[row], destination.Rows[row]);
        }
        else
        {
            for (var row = 0; row < 2 * primes; row++) value.Rows[row].CopyTo(destination.Rows[row]);
        }
    }

    private void PrepareProduct(Ciphertext left, Ciphertext right, Ciphertext destination)
    {
        Check(left);
        Check(right);
        CheckDestination(destination, left);
        CheckDestination(destination, right);
        OperandChecks.TwoPolynomials(left);
        OperandChecks.TwoPolynomials(right);
        OperandChecks.Multipliable(Parameters, left, right);
        destination.Reshape(3, left.Level, left.Scale * right.Scale);
    }
}
