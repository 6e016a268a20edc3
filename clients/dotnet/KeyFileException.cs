namespace AIaaS.Client;

/// <summary>A key file cannot be used; the message says why and what to do.</summary>
public sealed class KeyFileException(string message, Exception? innerException = null) : Exception(message, innerException);
