using System.Numerics;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>Keys of one client and an evaluator that has the public ones.</summary>
internal sealed class EncryptedScheme
{
    private readonly CkksEncoder _encoder;
    private readonly SymmetricEncryptor _encryptor;
    private readonly Decryptor _decryptor;

    public EncryptedScheme(CkksParameters parameters, IEnumerable<int> rotations, int threads = 1)
        : this(new CkksContext(parameters), rotations, threads)
    {
    }

    public EncryptedScheme(CkksContext context, IEnumerable<int> rotations, int threads = 1)
    {
        Context = context;
        var generator = new KeyGenerator(context);
        Secret = generator.CreateSecretKey();
        _encoder = new CkksEncoder(context);
        _encryptor = new SymmetricEncryptor(Secret);
        _decryptor = new Decryptor(Secret);
        Evaluator = new CkksEvaluator(context, generator.CreateRelinearizationKey(Secret), generator.CreateGaloisKeys(Secret, rotations, conjugation: true)) { Threads = threads };
    }

    public CkksContext Context { get; }

    public SecretKey Secret { get; }

    public CkksEvaluator Evaluator { get; }

    public Ciphertext Encrypt(ReadOnlySpan<Complex> slots, int level, double scale)
    {
        using var plaintext = _encoder.Encode(slots, level, scale);
        return _encryptor.Encrypt(plaintext);
    }

    public Ciphertext Encrypt(ReadOnlySpan<double> slots, int level, double scale)
    {
        using var plaintext = _encoder.Encode(slots, level, scale);
        return _encryptor.Encrypt(plaintext);
    }

    public Complex[] Decrypt(Ciphertext value)
    {
        using var plaintext = _decryptor.Decrypt(value);
        var slots = new Complex[Context.Parameters.SlotCount];
        _encoder.Decode(plaintext, slots);
        return slots;
    }
}
