namespace AIaaS.Cli.Service;

/// <summary>Nothing answered, or no service is known.</summary>
public sealed class ServiceUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
