using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Ckks;

/// <summary>Computes on ciphertexts. Safe to use from several threads at once.</summary>
/// <remarks>
/// Each operation comes twice: one gives a new ciphertext, which the caller disposes of; the other writes into a ciphertext that the caller
/// owns and allocates nothing. A destination of an addition, negation or product with a plaintext may be an operand; of the others it may not.
/// </remarks>
public sealed partial class CkksEvaluator : IEvaluator<Ciphertext, Plaintext, EncodedTransform>
{
    private readonly CkksEncoder _encoder;
    private readonly KeySwitcher _switcher;
    private readonly RelinearizationKey? _relinearizationKey;
    private readonly GaloisKeys? _galoisKeys;

    /// <param name="context">Of everything that is computed on.</param>
    /// <param name="relinearizationKey">Needed to relinearize.</param>
    /// <param name="galoisKeys">Needed to rotate and conjugate.</param>
    /// <exception cref="HomomorphicException">A key belongs to other parameters.</exception>
    public CkksEvaluator(CkksContext context, RelinearizationKey? relinearizationKey = null, GaloisKeys? galoisKeys = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (relinearizationKey is not null) OperandChecks.SameParameters(context.Parameters, relinearizationKey.Context.Parameters);
        if (galoisKeys is not null) OperandChecks.SameParameters(context.Parameters, galoisKeys.Context.Parameters);
        Context = context;
        _encoder = new CkksEncoder(context);
        _switcher = new KeySwitcher(context);
        _relinearizationKey = relinearizationKey;
        _galoisKeys = galoisKeys;
    }

    public CkksContext Context { get; }

    public CkksParameters Parameters => Context.Parameters;

    /// <summary>Threads that one operation may use; 1 unless set. With more than one, operations allocate a little.</summary>
    public int Threads
    {
        get => _switcher.Threads;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _switcher.Threads = value;
        }
    }

    public Plaintext Encode(ReadOnlySpan<double> values, int level, double scale) => _encoder.Encode(values, level, scale);

    public Plaintext Encode(double value, int level, double scale) => _encoder.Encode(value, level, scale);

    /// <summary>An empty ciphertext to write results into.</summary>
    public Ciphertext CreateDestination() => New(2, Parameters.MaxLevel, 1);

    private Ciphertext New(int size, int level, double scale) => new(Context, Context.Pool.Rent(size * (level + 1)), size, level, scale);

    private Ciphertext New(Ciphertext like) => New(like.Size, like.Level, like.Scale);

    private void Check(Ciphertext value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!ReferenceEquals(value.Context, Context)) OperandChecks.SameParameters(Parameters, value.Context.Parameters);
    }

    private void Check(Plaintext value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!ReferenceEquals(value.Context, Context)) OperandChecks.SameParameters(Parameters, value.Context.Parameters);
    }

    private void CheckDestination(Ciphertext destination, Ciphertext operand)
    {
        Check(destination);
        if (ReferenceEquals(destination, operand))
            throw new HomomorphicException("This operation cannot write its result over its operand. Give another ciphertext as destination.");
    }

    // Nearly always the first residue of the second polynomial answers.
    private static void RefuseTransparent(Ciphertext value)
    {
        for (var row = value.Level + 1; row < value.RowCount; row++)
            if (!PrimeRing.IsZero(value.Rows[row])) return;
        throw OperandChecks.Transparent();
    }
}
