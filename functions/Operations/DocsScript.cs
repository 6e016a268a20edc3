using System.IO.Compression;
using AIaaS.Functions.Http;
using AIaaS.Functions.OpenApi;
using AIaaS.Pipeline.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Scalar.AspNetCore;

namespace AIaaS.Functions.Operations;

/// <summary>The scripts of the docs page: Scalar's, which its package carries gzipped, and the one that starts it with everything off that would call elsewhere.</summary>
public sealed class DocsScript
{
    private const string Start = """
        Scalar.createApiReference('#app', {
          url: '/openapi.json',
          authentication: { preferredSecurityScheme: 'functionKey' },
          modelsSectionLabel: 'Schemas',
          defaultOpenAllTags: false,
          withDefaultFonts: false,
          hideClientButton: true,
          showDeveloperTools: 'never',
          agent: { disabled: true },
          mcp: { disabled: true },
          telemetry: false,
          externalUrls: { dashboardUrl: '', registryUrl: '', proxyUrl: '', apiBaseUrl: '' },
          documentDownloadType: 'json'
        })
        """;

    [Function(nameof(DocsScript))]
    [ApiOperation("Service", "Scripts of the docs page", ReturnsContentType = "text/javascript", Problems = [nameof(ProblemCodes.InvalidRequest)])]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/{script}")] HttpRequest request, string script)
    {
        return script switch
        {
            "start.js" => new TextAnswer(Start, "text/javascript; charset=utf-8"),
            "scalar.js" => new ScalarScript(),
            _ => throw new PipelineException(ProblemCodes.InvalidRequest, "The docs page has the scripts scalar.js and start.js."),
        };
    }

    private sealed class ScalarScript : IActionResult
    {
        public async Task ExecuteResultAsync(ActionContext context)
        {
            var http = context.HttpContext;
            await using var packed = typeof(ScalarOptions).Assembly.GetManifestResourceStream("ScalarStaticAssets.scalar.js")
                ?? throw new InvalidOperationException("Scalar.AspNetCore does not carry scalar.js any more.");
            http.Response.ContentType = "text/javascript; charset=utf-8";
            http.Response.Headers.CacheControl = "public, max-age=86400";
            http.Response.Headers.Vary = "Accept-Encoding";
            if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.Headers.ContentEncoding = "gzip";
                await packed.CopyToAsync(http.Response.Body, http.RequestAborted);
                return;
            }
            await using var plain = new GZipStream(packed, CompressionMode.Decompress);
            await plain.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
