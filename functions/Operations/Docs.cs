using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Functions.Operations;

/// <summary>The document as a page to read and try. Everything it loads comes from this service: no CDN, no fonts from elsewhere.</summary>
public sealed class Docs
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>AIaaS API</title>
        </head>
        <body>
          <div id="app"></div>
          <noscript>This page needs JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
          <script src="/docs/scalar.js"></script>
          <script src="/docs/start.js"></script>
        </body>
        </html>
        """;

    [Function(nameof(Docs))]
    [ApiOperation("Service", "This API as a page", ReturnsContentType = "text/html")]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request)
    {
        // Scalar sets styles from script, and shows icons as data URLs; nothing else is let in.
        request.HttpContext.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        return new TextAnswer(Page, "text/html; charset=utf-8");
    }
}
