using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Ring;
using AIaaS.Homomorphic.Wire;
using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Fuzz.Wire;

/// <summary>Valid objects to start from: SEAL's own, and each again in every compression, version and form.</summary>
internal sealed class WireCorpus
{
    private readonly Dictionary<string, List<byte[]>> _inputs = [];

    public WireCorpus()
    {
        var (degree, primes) = SealEnvelope.Read(new MemoryStream(File("parms")), "parameters", ParametersFormat.MaxSize, ParametersFormat.Read).Value;
        // Nothing is pooled: every allocation is to be seen.
        Context = new CkksContext(CkksParameters.Insecure(degree, primes), PrimeRings.Create, pooledBytes: 0);
        Kinds = WireKind.All(Context);
        _inputs["parms"] = [File("parms"), Written(SealVersion.Universal, SealCompression.Zstd, (w, s) => w.Write(s, Context.Parameters))];
        Add("pt", ["pt", "pt_const"]);
        Add("ct", ["ct", "ct_seeded", "ct_mul3", "ct_rescaled", "ct_zlib", "ct_seeded_zlib"]);
        Add("sk", ["sk"]);
        Add("pk", ["pk_seeded"]);
        Add("relin", ["relin_seeded"]);
        Add("galois", ["galois_seeded"]);
    }

    public CkksContext Context { get; }

    public IReadOnlyList<WireKind> Kinds { get; }

    public byte[] Pick(string kind, Random random) => _inputs[kind][random.Next(_inputs[kind].Count)];

    public byte[] PickAny(Random random) => Pick(Kinds[random.Next(Kinds.Count)].Name, random);

    private static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name + ".bin"));

    private static byte[] Written(SealVersion version, SealCompression compression, Action<SealWriter, Stream> write, bool expandSeeds = false)
    {
        using var stream = new MemoryStream();
        write(new SealWriter(version, compression) { ExpandSeeds = expandSeeds }, stream);
        return stream.ToArray();
    }

    private void Add(string kindName, string[] files)
    {
        var kind = Kinds.Single(kind => kind.Name == kindName);
        var inputs = _inputs[kindName] = [.. files.Select(File)];
        foreach (var file in files)
        {
            using var value = kind.Read(new MemoryStream(File(file)))!;
            foreach (var compression in Enum.GetValues<SealCompression>())
                foreach (var version in new[] { SealVersion.Default, SealVersion.Universal })
                    foreach (var expandSeeds in new[] { false, true })
                        inputs.Add(Written(version, compression, (writer, stream) => kind.Write(value, writer, stream), expandSeeds));
        }
    }
}
