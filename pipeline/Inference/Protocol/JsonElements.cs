using System.Text.Json;

namespace AIaaS.Pipeline.Inference.Protocol;

/// <summary>Reads one element of a datatype from the token the reader stands at.</summary>
internal interface IJsonElement<T>
{
    static abstract bool TryRead(ref Utf8JsonReader reader, out T value);
}

/// <summary>One reader per datatype. Numbers must be in range and finite; null is NaN (a missing value) where the datatype has one.</summary>
internal static class JsonElements
{
    internal readonly struct Bool : IJsonElement<bool>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out bool value)
        {
            value = reader.TokenType == JsonTokenType.True;
            return value || reader.TokenType == JsonTokenType.False;
        }
    }

    internal readonly struct Uint8 : IJsonElement<byte>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out byte value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out value);
        }
    }

    internal readonly struct Uint16 : IJsonElement<ushort>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out ushort value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out value);
        }
    }

    internal readonly struct Uint32 : IJsonElement<uint>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out uint value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out value);
        }
    }

    internal readonly struct Uint64 : IJsonElement<ulong>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out ulong value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out value);
        }
    }

    internal readonly struct Int8 : IJsonElement<sbyte>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out sbyte value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetSByte(out value);
        }
    }

    internal readonly struct Int16 : IJsonElement<short>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out short value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out value);
        }
    }

    internal readonly struct Int32 : IJsonElement<int>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out int value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value);
        }
    }

    internal readonly struct Int64 : IJsonElement<long>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out long value)
        {
            value = 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
        }
    }

    internal readonly struct Fp32 : IJsonElement<float>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out float value)
        {
            value = float.NaN;
            return reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out value) && float.IsFinite(value));
        }
    }

    internal readonly struct Fp64 : IJsonElement<double>
    {
        public static bool TryRead(ref Utf8JsonReader reader, out double value)
        {
            value = double.NaN;
            return reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value) && double.IsFinite(value));
        }
    }
}
