namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEvaluator
{
    public Ciphertext Add(Ciphertext left, Ciphertext right) => Into(left, right, Add);

    public Ciphertext Subtract(Ciphertext left, Ciphertext right) => Into(left, right, Subtract);

    public Ciphertext Negate(Ciphertext value)
    {
        Check(value);
        var result = New(value);
        Negate(value, result);
        return result;
    }

    public Ciphertext Add(Ciphertext left, Plaintext right) => Into(left, right, Add);

    public Ciphertext Subtract(Ciphertext left, Plaintext right) => Into(left, right, Subtract);

    public void Add(Ciphertext left, Ciphertext right, Ciphertext destination)
    {
        var (longer, shorter) = Prepare(left, right, destination);
        for (var row = 0; row < shorter.RowCount; row++) Context.Rings[row % (left.Level + 1)].Add(left.Rows[row], right.Rows[row], destination.Rows[row]);
        if (!ReferenceEquals(longer, destination))
            for (var row = shorter.RowCount; row < longer.RowCount; row++) longer.Rows[row].CopyTo(destination.Rows[row]);
        RefuseTransparent(destination);
    }

    public void Subtract(Ciphertext left, Ciphertext right, Ciphertext destination)
    {
        var (longer, shorter) = Prepare(left, right, destination);
        for (var row = 0; row < shorter.RowCount; row++) Context.Rings[row % (left.Level + 1)].Subtract(left.Rows[row], right.Rows[row], destination.Rows[row]);
        for (var row = shorter.RowCount; row < longer.RowCount; row++)
            if (ReferenceEquals(longer, right)) Context.Rings[row % (left.Level + 1)].Negate(right.Rows[row], destination.Rows[row]);
            else if (!ReferenceEquals(left, destination)) left.Rows[row].CopyTo(destination.Rows[row]);
        RefuseTransparent(destination);
    }

    public void Negate(Ciphertext value, Ciphertext destination)
    {
        Check(value);
        Check(destination);
        destination.Reshape(value.Size, value.Level, value.Scale);
        for (var row = 0; row < value.RowCount; row++) Context.Rings[row % (value.Level + 1)].Negate(value.Rows[row], destination.Rows[row]);
    }

    public void Add(Ciphertext left, Plaintext right, Ciphertext destination)
    {
        PrepareConstant(left, right, destination);
        for (var prime = 0; prime <= left.Level; prime++) Context.Rings[prime].Add(left.Row(0, prime), right.Rows[prime], destination.Row(0, prime));
    }

    public void Subtract(Ciphertext left, Plaintext right, Ciphertext destination)
    {
        PrepareConstant(left, right, destination);
        for (var prime = 0; prime <= left.Level; prime++) Context.Rings[prime].Subtract(left.Row(0, prime), right.Rows[prime], destination.Row(0, prime));
    }

    private (Ciphertext Longer, Ciphertext Shorter) Prepare(Ciphertext left, Ciphertext right, Ciphertext destination)
    {
        Check(left);
        Check(right);
        Check(destination);
        OperandChecks.Alike(left, right);
        var (longer, shorter) = left.Size >= right.Size ? (left, right) : (right, left);
        if (longer.Size != shorter.Size) CheckDestination(destination, shorter);
        destination.Reshape(longer.Size, left.Level, left.Scale);
        return (longer, shorter);
    }

    private void PrepareConstant(Ciphertext left, Plaintext right, Ciphertext destination)
    {
        Check(left);
        Check(right);
        Check(destination);
        OperandChecks.Alike(left, right);
        if (ReferenceEquals(left, destination)) return;
        destination.Reshape(left.Size, left.Level, left.Scale);
        for (var row = left.Level + 1; row < left.RowCount; row++) left.Rows[row].CopyTo(destination.Rows[row]);
    }

    private Ciphertext Into(Ciphertext left, Ciphertext right, Action<Ciphertext, Ciphertext, Ciphertext> operation)
    {
        Check(left);
        Check(right);
        var result = New(left.Size >= right.Size ? left : right);
        return Run(result, () => operation(left, right, result));
    }

    private Ciphertext Into(Ciphertext left, Plaintext right, Action<Ciphertext, Plaintext, Ciphertext> operation)
    {
        Check(left);
        var result = New(left);
        return Run(result, () => operation(left, right, result));
    }

    /// <summary>What could not be computed gives its memory back at once.</summary>
    private static Ciphertext Run(Ciphertext result, Action operation)
    {
        try
        {
            operation();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
