using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Functions.Keys;

/// <summary>Keys are named after what they protect: dataset-digits, model-digits.</summary>
public static class KeyNames
{
    /// <exception cref="PipelineException">KeyNotFound: no key of this service can have that name.</exception>
    public static VaultScope Parse(string keyName) => VaultScope.TryParseKeyName(keyName, out var scope)
        ? scope
        : throw new PipelineException(ProblemCodes.KeyNotFound, "Keys are named 'dataset-' or 'model-' and the name of what they protect; GET /keys lists them.");
}
