using System.Numerics;
using AIaaS.Homomorphic.Ckks.Slots;
using AIaaS.Homomorphic.Ring;

namespace AIaaS.Homomorphic.Ckks;

public sealed partial class CkksEncoder
{
    /// <summary>Writes the real parts of the first slots.</summary>
    /// <param name="plaintext">Of this encoder's context.</param>
    /// <param name="destination">At most N/2 long; filled.</param>
    /// <exception cref="HomomorphicException">The plaintext is of another context, or there are not so many slots.</exception>
    public void Decode(Plaintext plaintext, Span<double> destination)
    {
        var values = Values(plaintext, destination.Length);
        for (var i = 0; i < destination.Length; i++) destination[i] = values[0][_transform.Positions[i]] / plaintext.Scale;
        Context.Pool.Return(values, secret: true);
    }

    /// <summary>Writes the first slots.</summary>
    /// <inheritdoc cref="Decode(Plaintext, Span{double})"/>
    public void Decode(Plaintext plaintext, Span<Complex> destination)
    {
        var values = Values(plaintext, destination.Length);
        var row = values[0];
        for (var i = 0; i < destination.Length; i++)
        {
            var position = _transform.Positions[i];
            var imaginary = row[_transform.Slots + position] / plaintext.Scale;
            destination[i] = new Complex(row[position] / plaintext.Scale, SlotOrder.IsConjugate(i) ? -imaginary : imaginary);
        }
        Context.Pool.Return(values, secret: true);
    }

    private ResidueBuffer Values(Plaintext plaintext, int count)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ContextChecks.Same(Context, plaintext.Context, "The plaintext", "the encoder");
        if (count > _transform.Slots) throw new HomomorphicException($"{count} slots were asked for; {Context.Parameters} has {_transform.Slots}.");
        var values = Context.Pool.Rent(1);
        Composition.Compose(Context, plaintext.Rows, plaintext.Level, values[0]);
        _transform.ToValues(values[0]);
        return values;
    }
}
