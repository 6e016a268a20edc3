namespace AIaaS.Homomorphic.Wire;

/// <summary>Bytes are not the object they should be; the message says where and what was expected.</summary>
public class WireFormatException : HomomorphicException
{
    public WireFormatException(string message)
        : base(message)
    {
    }

    public WireFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
