using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace AIaaS.Local.Tests.Worker;

/// <summary>What is wrong is said before anything runs.</summary>
public sealed class StartupTests
{
    [Fact]
    public void Startup_SeveralFaults_AllAreListed()
    {
        var text = Fault(new HostPlan(typeof(FaultyFunctions)));
        text.ShouldContain("Function 'Twice'");
        text.ShouldContain("the name is used twice");
        text.ShouldContain("route 'items/{b}' conflicts with 'items/{a}' of 'FirstRoute'");
        text.ShouldContain("connection setting 'Nowhere' is missing");
        text.ShouldContain("schedule 'every day' is no NCRONTAB expression");
        text.ShouldContain("'%missing%' refers to setting 'missing'");
        text.ShouldContain("parameter 'other' is not in the route 'values/{id}'");
        text.ShouldContain("it returns Int32");
        text.ShouldContain("has 0 trigger attributes");
        text.ShouldContain("must not start with '/'");
    }

    [Fact]
    public void Startup_ConstructorNeedsUnknownService_NamesIt() =>
        Fault(new HostPlan(typeof(NeedyFunctions))).ShouldContain("constructor parameter 'needed' needs AIaaS.Local.Tests.Worker.StartupTests+Needed");

    [Fact]
    public void Startup_HostJsonIsNoJson_NamesTheFile() =>
        Fault(new HostPlan(typeof(NeedyFunctions)) { HostJson = "{ nonsense" }).ShouldContain("host.json is not valid JSON");

    [Fact]
    public void Startup_HostJsonValueOfWrongType_NamesTheSetting() =>
        Fault(new HostPlan(typeof(BlobFunction))
        {
            HostJson = """{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": "many" } } }""",
            Settings = ["AzureWebJobsStorage=UseDevelopmentStorage=true"],
        }).ShouldContain("extensions:blobs:maxDegreeOfParallelism' is 'many'");

    [Fact]
    public async Task Startup_ConnectionStringIsRubbish_DoesNotQuoteIt()
    {
        var plan = new HostPlan(typeof(BlobFunction)) { Settings = ["AzureWebJobsStorage=AccountKey=s3cret"] };
        await using var host = RunningHost.Build(plan);
        var exception = await Should.ThrowAsync<Exception>(host.StartAsync);
        exception.Message.ShouldContain("connection setting 'AzureWebJobsStorage' is no storage connection string");
        exception.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Startup_FunctionDisabled_IsLeftOut()
    {
        var plan = new HostPlan(typeof(PlainFunction)) { Settings = ["AzureWebJobs.Plain.Disabled=true"] };
        await using var host = await RunningHost.StartAsync(plan);
        ((int)(await host.Client.GetAsync("Plain")).StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Settings_LocalSettingsAndEnvironment_LaterWins()
    {
        var plan = new HostPlan(typeof(PlainFunction))
        {
            LocalSettings = """{ "IsEncrypted": false, "Values": { "PLAIN_A": "file", "PLAIN_B": "file", "PLAIN__C": "nested" } }""",
            Settings = ["PLAIN_B=argument"],
        };
        await using var host = RunningHost.Build(plan);
        var settings = (Microsoft.Extensions.Configuration.IConfiguration)host.Services.GetService(typeof(Microsoft.Extensions.Configuration.IConfiguration))!;
        settings["PLAIN_A"].ShouldBe("file");
        settings["PLAIN_B"].ShouldBe("argument");
        settings["PLAIN:C"].ShouldBe("nested");
    }

    [Fact]
    public void Settings_LocalSettingsEncrypted_SaysWhatToDo() =>
        Fault(new HostPlan(typeof(PlainFunction)) { LocalSettings = """{ "IsEncrypted": true, "Values": {} }""" }).ShouldContain("func settings decrypt");

    private static string Fault(HostPlan plan) => Should.Throw<FunctionsStartupException>(() => RunningHost.Build(plan)).Message;

    internal sealed class PlainFunction
    {
        [Function("Plain")]
        public IActionResult Plain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkResult();
    }

    internal sealed class BlobFunction
    {
        [Function("Blob")]
        public void Blob([BlobTrigger("container/{name}")] BlobClient blob) { }
    }

    internal sealed record Needed;

    internal sealed class NeedyFunctions(Needed needed)
    {
        [Function("Needy")]
        public IActionResult Needy([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(needed);
    }

    internal sealed class FaultyFunctions
    {
        [Function("Twice")]
        public IActionResult Once([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkResult();

        [Function("twice")]
        public IActionResult Again([HttpTrigger(AuthorizationLevel.Anonymous, Route = "again")] HttpRequest request) => new OkResult();

        [Function("FirstRoute")]
        public IActionResult FirstRoute([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "items/{a}")] HttpRequest request) => new OkResult();

        [Function("SecondRoute")]
        public IActionResult SecondRoute([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "items/{b}")] HttpRequest request) => new OkResult();

        [Function("ThirdRouteIsFine")]
        public IActionResult ThirdRoute([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "items/{c}")] HttpRequest request) => new OkResult();

        [Function("NoConnection")]
        public void NoConnection([BlobTrigger("container/{name}", Connection = "Nowhere")] BlobClient blob) { }

        [Function("BadSchedule")]
        public void BadSchedule([TimerTrigger("every day")] TimerInfo timer) { }

        [Function("MissingSetting")]
        public void MissingSetting([TimerTrigger("%missing%")] TimerInfo timer) { }

        [Function("NotInRoute")]
        public IActionResult NotInRoute([HttpTrigger(AuthorizationLevel.Anonymous, Route = "values/{id}")] HttpRequest request, int other) => new OkObjectResult(other);

        [Function("BadReturn")]
        public int BadReturn([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => 1;

        [Function("NoTrigger")]
        public void NoTrigger() { }

        [Function("LeadingSlash")]
        public IActionResult LeadingSlash([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/slash")] HttpRequest request) => new OkResult();
    }
}
