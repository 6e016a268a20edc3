namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The host cannot start; the text says what is wrong and what to do about it.</summary>
internal sealed class FunctionsStartupException(string message, Exception? innerException = null) : Exception(message, innerException);
