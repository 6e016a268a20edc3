using System.Text.Json;
using System.Text.RegularExpressions;

namespace AIaaS.Infra.Tests;

/// <summary>Facts of the compiled templates that the service and its security stand on.</summary>
public sealed partial class TemplateTests
{
    private static readonly Lazy<Task<JsonElement>> Main = new(() => Bicep.CompileAsync("infra/main.bicep", CancellationToken.None));

    [Fact]
    public async Task BicepFiles_All_CompileWithoutADiagnostic()
    {
        // The two templates take every module along.
        (string Verb, string File)[] files =
        [
            ("build", "infra/main.bicep"), ("build", "infra/eventSubscriptions.bicep"),
            ("build-params", "infra/parameters/dev.bicepparam"), ("build-params", "infra/parameters/prod.bicepparam"),
        ];
        foreach (var (verb, file) in files)
        {
            var (json, diagnostics) = await Bicep.RunAsync(verb, file, TestContext.Current.CancellationToken);
            diagnostics.ShouldBeEmpty();
            json.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("Container", "containers")]
    [InlineData("Queue", "queues")]
    [InlineData("Table", "tables")]
    public async Task Layout_NamesInCode_AreTheNamesInTheTemplate(string kind, string variable)
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Bicep.Root, "pipeline/Storage/StorageLayout.cs"), TestContext.Current.CancellationToken);
        var code = Constant().Matches(source).Where(match => match.Groups["kind"].Value == kind).Select(match => match.Groups["name"].Value).ToArray();
        var template = await Bicep.CompileAsync("infra/modules/layout.bicep", TestContext.Current.CancellationToken);
        var names = template.GetProperty("variables").GetProperty(variable).EnumerateArray().Select(name => name.GetString()!);
        code.ShouldNotBeEmpty();
        names.ShouldBe(code, ignoreOrder: true);
    }

    [Theory]
    [InlineData("storage", "\"allowSharedKeyAccess\":false")]
    [InlineData("storage", "\"allowBlobPublicAccess\":false")]
    [InlineData("storage", "\"minimumTlsVersion\":\"TLS1_2\"")]
    [InlineData("storage", "\"publicNetworkAccess\":\"[if(parameters('private'),'Disabled','Enabled')]\"")]
    [InlineData("servicebus", "\"disableLocalAuth\":true")]
    [InlineData("servicebus", "\"minimumTlsVersion\":\"1.2\"")]
    [InlineData("servicebus", "\"publicNetworkAccess\":\"[if(parameters('private'),'Disabled','Enabled')]\"")]
    [InlineData("keyvault", "\"enablePurgeProtection\":true")]
    [InlineData("keyvault", "\"publicNetworkAccess\":\"[if(parameters('private'),'Disabled','Enabled')]\"")]
    [InlineData("registry", "\"adminUserEnabled\":false")]
    [InlineData("functions", "\"minTlsVersion\":\"1.2\"")]
    [InlineData("functions", "\"AzureWebJobsStorage__accountName\":")]
    [InlineData("functions", "\"ServiceBus__fullyQualifiedNamespace\":")]
    [InlineData("functions", "\"KeyVaultUri\":")]
    [InlineData("training", "\"queueName\":\"[variables('trainingQueue')]\"")]
    [InlineData("training", "\"trainingQueue\":\"training-jobs\"")]
    public async Task Module_Compiled_Says(string module, string fact)
    {
        var main = await Main.Value;
        var resources = main.GetProperty("resources");
        var modules = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray().AsEnumerable() : resources.EnumerateObject().Select(item => item.Value);
        var template = modules.Single(item => item.GetProperty("name").GetString() == module).GetProperty("properties").GetProperty("template");
        Space().Replace(template.GetRawText(), "").ShouldContain(fact);
    }

    [GeneratedRegex("""const string \w+(?<kind>Container|Queue|Table) = "(?<name>[^"]+)";""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
