using System.Text.Json;
using System.Text.Json.Serialization;

namespace AIaaS.Pipeline.Keys;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(SignedManifest))]
[JsonSerializable(typeof(ContentKeyRecord))]
[JsonSerializable(typeof(KeyState))]
internal sealed partial class KeysJson : JsonSerializerContext;
