namespace AIaaS.Cli.Models.Predict;

/// <summary>What a user wants predictions for, before it is fitted to the model.</summary>
public abstract record Samples;

/// <summary>Named values, one row a sample; null is missing.</summary>
public sealed record RowSamples(IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows) : Samples;

/// <summary>Numbers without names, row-major; the first dimension counts samples where <paramref name="Shape"/> has one more than the model's sample.</summary>
public sealed record TensorSamples(IReadOnlyList<int> Shape, double[] Values) : Samples;

/// <summary>A picture still in its file format: decoding needs to know the size the model takes.</summary>
public sealed record ImageSample(byte[] File) : Samples;

/// <summary>A complete request body of the inference protocol, sent as it is.</summary>
public sealed record ProtocolRequest(byte[] Body) : Samples;
