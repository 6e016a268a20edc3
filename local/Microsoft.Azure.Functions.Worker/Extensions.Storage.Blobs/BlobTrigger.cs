using System.Linq.Expressions;
using System.Reflection;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class BlobTrigger : Trigger
{
    private readonly ParameterInfo _triggered;

    /// <exception cref="FunctionsStartupException">The path, the parameter's type or a setting is wrong.</exception>
    public BlobTrigger(BlobTriggerAttribute attribute, ParameterInfo triggered, IConfiguration configuration)
    {
        _triggered = triggered;
        Path = new BlobPathPattern(SettingReferences.Resolve(attribute.BlobPath, configuration));
        Connection = attribute.Connection ?? ConnectionSettings.Storage;
        ConnectionSettings.Find(configuration, Connection, "accountName");
        ConnectionSettings.Find(configuration, ConnectionSettings.Storage, "accountName");
        Concurrency = HostSettings.ReadHostJson(configuration, "extensions:blobs:maxDegreeOfParallelism", 8 * Environment.ProcessorCount);
        PoisonThreshold = HostSettings.ReadHostJson(configuration, "extensions:blobs:poisonBlobThreshold", 5);
        if (Concurrency < 1 || PoisonThreshold < 1)
            throw new FunctionsStartupException("extensions.blobs.maxDegreeOfParallelism and poisonBlobThreshold in host.json must be 1 or more.");
    }

    public BlobPathPattern Path { get; }

    public string Connection { get; }

    /// <summary>Blobs at once.</summary>
    public int Concurrency { get; }

    /// <summary>Attempts before a blob is given up.</summary>
    public int PoisonThreshold { get; }

    public override string SupportedParameters => "BlobClient for the blob and string for parts of its path";

    public override Expression? Bind(ParameterInfo parameter, ParameterExpression context)
    {
        var blob = Expression.Convert(context, typeof(BlobInvocationContext));
        if (parameter.ParameterType == typeof(BlobClient)) return Expression.Property(blob, nameof(BlobInvocationContext.Blob));
        if (parameter == _triggered)
            throw new FunctionsStartupException($"parameter '{parameter.Name}' would hold the blob's content. Take a BlobClient and stream it: a blob may be larger than memory.");
        if (parameter.ParameterType != typeof(string)) return null;
        if (!Path.Names.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase))
            throw new FunctionsStartupException($"parameter '{parameter.Name}' is not a part of the blob path.");
        return Expression.Call(blob, nameof(BlobInvocationContext.Part), null, Expression.Constant(parameter.Name));
    }
}
