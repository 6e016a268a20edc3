using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEvaluator
{
    public Ciphertext Rotate(Ciphertext value, int steps)
    {
        Check(value);
        var result = New(2, value.Level, value.Scale);
        return Run(result, () => Rotate(value, steps, result));
    }

    public Ciphertext Conjugate(Ciphertext value)
    {
        Check(value);
        var result = New(2, value.Level, value.Scale);
        return Run(result, () => Conjugate(value, result));
    }

    public void Rotate(Ciphertext value, int steps, Ciphertext destination)
    {
        PrepareRotation(value, destination);
        if (steps == 0)
        {
            for (var row = 0; row < value.RowCount; row++) value.Rows[row].CopyTo(destination.Rows[row]);
            return;
        }
        Apply(value, Context.GaloisElement(steps), destination);
    }

    public void Conjugate(Ciphertext value, Ciphertext destination)
    {
        PrepareRotation(value, destination);
        Apply(value, Context.ConjugationElement, destination);
    }

    private void PrepareRotation(Ciphertext value, Ciphertext destination)
    {
        Check(value);
        CheckDestination(destination, value);
        OperandChecks.TwoPolynomials(value);
        destination.Reshape(2, value.Level, value.Scale);
    }

    private void Apply(Ciphertext value, int element, Ciphertext destination)
    {
        var key = Galois(element);
        var automorphism = Context.AutomorphismOf(element);
        var extended = Context.Pool.Rent(2 * (value.Level + 2));
        var digits = new Decomposition(Context, value.Rows, value.Level + 1, value.Level, Threads);
        _switcher.Rotate(digits, value.Rows, key, automorphism, extended, 0);
        digits.Release();
        _switcher.Divide(extended, 0, value.Level, destination.Rows, 0);
        Context.Pool.Return(extended);
    }

    private KeySwitchKey Galois(int element)
    {
        OperandChecks.KeySwitching(Parameters);
        return (_galoisKeys ?? throw new HomomorphicException("There are no Galois keys. Give them to the evaluator."))[element];
    }

    private void SwitchInto(Ciphertext value, int first, KeySwitchKey key, Ciphertext destination) =>
        SwitchInto(value.Rows, first, value.Level, key, destination);

    /// <summary>Switches the polynomial from row <paramref name="first"/> on into both polynomials of the destination.</summary>
    private void SwitchInto(ResidueBuffer rows, int first, int level, KeySwitchKey key, Ciphertext destination)
    {
        var digits = new Decomposition(Context, rows, first, level, Threads);
        var extended = Context.Pool.Rent(2 * (level + 2));
        _switcher.InnerProducts(digits, key, null, extended, 0);
        digits.Release();
        _switcher.Divide(extended, 0, level, destination.Rows, 0);
        Context.Pool.Return(extended);
    }
}
