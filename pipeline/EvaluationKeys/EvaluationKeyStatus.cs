using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.EvaluationKeys;

[JsonConverter(typeof(JsonStringEnumConverter<EvaluationKeyStatus>))]
public enum EvaluationKeyStatus
{
    /// <summary>Parts are missing, or all are there and not checked yet.</summary>
    Receiving,

    /// <summary>Checked; requests may name it.</summary>
    Ready,
}
