namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>Bytes are not a network file that can be used here; the message says where and what was expected.</summary>
public class NetworkFileException : HomomorphicException
{
    public NetworkFileException(string message)
        : base(message)
    {
    }

    public NetworkFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
