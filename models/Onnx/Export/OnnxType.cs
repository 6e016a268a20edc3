namespace AIaaS.Models.Onnx.Export;

/// <summary>Of TensorProto.DataType, what the writer uses.</summary>
internal static class OnnxType
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int64 = 7;
    public const int Text = 8;
    public const int Double = 11;
}
