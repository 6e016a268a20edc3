namespace AIaaS.Homomorphic;

/// <summary>Something asked of the library cannot be done with these inputs; the message names both sides and what to do.</summary>
public class HomomorphicException : Exception
{
    public HomomorphicException(string message)
        : base(message)
    {
    }

    public HomomorphicException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
