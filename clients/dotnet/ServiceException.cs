using System.Net;

namespace AIaaS.Client;

/// <summary>The service refused or could not answer.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">The service's code, which programs may rely on; null where something else answered.</param>
/// <param name="message">For people.</param>
public sealed class ServiceException(HttpStatusCode status, string? code, string message) : Exception(message)
{
    public HttpStatusCode Status => status;

    public string? Code => code;
}
