using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Benchmarks.Suites.Homomorphic;

/// <summary>Our side of a parameter set: keys and everything that uses them.</summary>
internal sealed class Client : IDisposable
{
    private readonly SecretKey _secret;
    private readonly SymmetricEncryptor _encryptor;
    private readonly Decryptor _decryptor;
    private readonly RelinearizationKey _relinearizationKey;
    private readonly GaloisKeys _galoisKeys;

    public Client(ParameterSet set, IEnumerable<int> rotations)
        : this(CkksParameters.Create(set.Degree, set.Bits), rotations)
    {
    }

    public Client(CkksParameters parameters, IEnumerable<int> rotations)
    {
        Context = new CkksContext(parameters);
        Encoder = new CkksEncoder(Context);
        var generator = new KeyGenerator(Context);
        _secret = generator.CreateSecretKey();
        _relinearizationKey = generator.CreateRelinearizationKey(_secret);
        _galoisKeys = generator.CreateGaloisKeys(_secret, rotations);
        _encryptor = new SymmetricEncryptor(_secret);
        _decryptor = new Decryptor(_secret);
        Evaluator = WithThreads(1);
    }

    public CkksContext Context { get; }

    public CkksEncoder Encoder { get; }

    /// <summary>One thread.</summary>
    public CkksEvaluator Evaluator { get; }

    public CkksEvaluator WithThreads(int threads) => new(Context, _relinearizationKey, _galoisKeys) { Threads = threads };

    public double[] SampleValues() => [.. Enumerable.Range(0, Context.Parameters.SlotCount).Select(slot => Math.Sin(0.1 * slot) + 0.001 * (slot % 100))];

    public Ciphertext Encrypt(Plaintext plaintext) => _encryptor.Encrypt(plaintext);

    public Ciphertext Encrypt(double[] values, double scale)
    {
        using var plaintext = Encoder.Encode(values, Context.Parameters.MaxLevel, scale);
        return _encryptor.Encrypt(plaintext);
    }

    /// <summary>Without decoding.</summary>
    public void DecryptOnly(Ciphertext ciphertext) => _decryptor.Decrypt(ciphertext).Dispose();

    public double[] Decrypt(Ciphertext ciphertext)
    {
        using var plaintext = _decryptor.Decrypt(ciphertext);
        var values = new double[Context.Parameters.SlotCount];
        Encoder.Decode(plaintext, values);
        return values;
    }

    /// <summary>Of rotation and relinearization keys as a client sends them.</summary>
    public long KeyBytes()
    {
        using var stream = new MemoryStream();
        var writer = new SealWriter(compression: SealCompression.Zstd);
        writer.Write(stream, _relinearizationKey);
        writer.Write(stream, _galoisKeys);
        return stream.Length;
    }

    public void Dispose()
    {
        _galoisKeys.Dispose();
        _relinearizationKey.Dispose();
        _secret.Dispose();
    }
}
