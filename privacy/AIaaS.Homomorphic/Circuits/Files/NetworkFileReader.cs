using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Linear;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>Reads options and network from bytes that nobody vouches for.</summary>
internal ref struct NetworkFileReader
{
    private readonly NetworkLimits _limits;
    private FileCursor _cursor;

    private NetworkFileReader(ReadOnlySpan<byte> body, NetworkLimits limits)
    {
        _cursor = new FileCursor(body);
        _limits = limits;
    }

    /// <exception cref="HomomorphicException">The bytes are no network file of this version, or hold something out of bounds.</exception>
    public static (NetworkDescription Network, PlannerOptions Options, byte[] Digest) Read(ReadOnlySpan<byte> file, NetworkLimits limits)
    {
        if (file.Length > limits.MaxFileBytes) throw new NetworkFileException($"A network file may have {limits.MaxFileBytes:N0} bytes; this one has {file.Length:N0}.");
        var head = NetworkFileFormat.Magic.Length + sizeof(ushort);
        if (file.Length < head + PlanDigest.Size + SHA256.HashSizeInBytes || !file.StartsWith(NetworkFileFormat.Magic)) throw new NetworkFileException("This is no network file, or its beginning only.");
        var body = file[..^SHA256.HashSizeInBytes];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(body), file[body.Length..])) throw new NetworkFileException("The network file is damaged: its digest does not match. Copy it again.");
        var reader = new NetworkFileReader(body[NetworkFileFormat.Magic.Length..], limits);
        if (reader._cursor.UInt16("version") is var version and not NetworkFileFormat.Version)
            throw new NetworkFileException($"The network file has version {version}; this reads {NetworkFileFormat.Version}. Publish the model again with this version.");
        var options = reader.Options();
        var network = reader.Network();
        var digest = reader._cursor.Bytes(PlanDigest.Size, "plan's digest").ToArray();
        reader._cursor.End();
        return (network, options, digest);
    }

    private PlannerOptions Options()
    {
        var security = (SecurityTable)_cursor.Byte("security table", 0, (int)SecurityTable.Standard2018);
        var degree = _cursor.Int32("degree", SecurityLimits.MinDegree, SecurityLimits.MaxDegree);
        var primes = new ulong[_cursor.Byte("number of primes", 1, CkksParameters.MaxPrimes)];
        for (var i = 0; i < primes.Length; i++) primes[i] = _cursor.UInt64("prime");
        var input = _cursor.Byte("input scale", 1, NetworkFileFormat.MaxScaleBits);
        var weights = new int[_cursor.Byte("number of weight scales", 1, _limits.MaxLayers)];
        for (var i = 0; i < weights.Length; i++) weights[i] = _cursor.Byte("weight scale", 1, NetworkFileFormat.MaxScaleBits);
        var repetition = _cursor.Int32("repetition", 1, SecurityLimits.MaxDegree / 2);
        var babySteps = _cursor.Int32("baby steps", 0, NetworkFileFormat.MaxBabySteps);
        var (maxError, margin, hiding) = (_cursor.Number("largest error", 0), _cursor.Number("range margin", 1), _cursor.Number("hiding bits", 0));
        var costs = new LevelCosts[_cursor.Byte("number of costs", 0, NetworkFileFormat.MaxCostLevels)];
        for (var i = 0; i < costs.Length; i++)
            costs[i] = new LevelCosts(_cursor.Number("cost", 0), _cursor.Number("cost", 0), _cursor.Number("cost", 0), _cursor.Number("cost", 0), _cursor.Number("cost", 0), _cursor.Number("cost", 0));
        return new PlannerOptions
        {
            Degrees = [degree],
            Security = security,
            Parameters = CkksParameters.FromPrimes(degree, primes, security),
            InputScaleBits = input,
            WeightScaleBits = weights,
            Repetition = repetition,
            BabySteps = babySteps == 0 ? null : babySteps,
            MaxError = maxError,
            RangeMargin = margin,
            MinHidingBits = hiding,
            Costs = costs.Length == 0 ? null : new UnitCosts(costs),
        };
    }

    private NetworkDescription Network()
    {
        var input = new TensorShape(Size("channels"), Size("rows"), Size("columns"));
        _limits.CheckShape(input);
        var range = new ValueRange(_cursor.Number("lowest input"), _cursor.Number("highest input"));
        double? rms = _cursor.Boolean("input's mean square") ? _cursor.Number("input's mean square", 0) : null;
        var layers = new NetworkLayer[_cursor.Byte("number of layers", 1, _limits.MaxLayers)];
        var shape = input;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = Layer(shape);
            shape = layers[i].OutputShape(shape);
            _limits.CheckShape(shape);
        }
        return new NetworkDescription(input, range, layers) { InputRms = rms };
    }

    private NetworkLayer Layer(TensorShape input) => _cursor.Byte("kind of a layer", NetworkFileFormat.Dense, NetworkFileFormat.Quadratic) switch
    {
        NetworkFileFormat.Dense => Dense(),
        NetworkFileFormat.Convolution => Convolution(input),
        NetworkFileFormat.Square => new SquareLayer(),
        _ => new QuadraticLayer(_cursor.Number("coefficient"), _cursor.Number("coefficient"), _cursor.Number("coefficient")),
    };

    private DenseLayer Dense()
    {
        var (rows, columns) = (Size("rows"), Size("columns"));
        var measured = Measured();
        var weights = _cursor.Values((long)rows * columns, "weights");
        return new DenseLayer(new WeightMatrix(rows, columns, weights)) { Bias = _cursor.Values(rows, "biases"), Measured = measured };
    }

    private ConvolutionLayer Convolution(TensorShape input)
    {
        var (maps, channels, kernel) = (Size("maps"), Size("channels"), Size("kernel"));
        var layer = new ConvolutionLayer(maps, channels, kernel, Size("stride"), _cursor.Int32("padding", 0, _limits.MaxValues), []) { Bias = [] };
        _limits.CheckGeometry(layer, input);
        var measured = Measured();
        // Kernels are no larger than the padded input, so this is far from overflowing.
        var weights = _cursor.Values((long)maps * channels * kernel * kernel, "weights");
        return layer with { Weights = weights, Bias = _cursor.Values(maps, "biases"), Measured = measured };
    }

    private MeasuredRange? Measured() => _cursor.Boolean("measured range") ? new MeasuredRange(_cursor.Number("measured range", 0), _cursor.Number("measured range", 0)) : null;

    private int Size(string what) => _cursor.Int32(what, 1, _limits.MaxValues);
}
