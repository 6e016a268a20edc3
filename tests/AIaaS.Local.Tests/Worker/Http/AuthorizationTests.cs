using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace AIaaS.Local.Tests.Worker.Http;

public sealed class AuthorizationTests
{
    private const string None = "";
    private const string Wrong = "wrong";

    [Theory]
    [InlineData("ForFunctions", None, HttpStatusCode.Unauthorized)]
    [InlineData("ForFunctions", Wrong, HttpStatusCode.Unauthorized)]
    [InlineData("ForFunctions", "default", HttpStatusCode.NoContent)]
    [InlineData("ForFunctions", "master", HttpStatusCode.NoContent)]
    [InlineData("ForAdmins", None, HttpStatusCode.Unauthorized)]
    [InlineData("ForAdmins", Wrong, HttpStatusCode.Unauthorized)]
    [InlineData("ForAdmins", "default", HttpStatusCode.Unauthorized)]
    [InlineData("ForAdmins", "master", HttpStatusCode.NoContent)]
    [InlineData("ForSystem", "default", HttpStatusCode.Unauthorized)]
    [InlineData("ForSystem", "master", HttpStatusCode.NoContent)]
    [InlineData("greet/x", None, HttpStatusCode.OK)]
    [InlineData("greet/x", Wrong, HttpStatusCode.OK)]
    public async Task Authorization_KeyShown_DecidesByLevel(string path, string key, HttpStatusCode expected)
    {
        using var folder = new TestFolder();
        await using var host = await StartAsync(folder);
        var value = Value(folder, key);

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, path);
        if (value.Length > 0) byHeader.Headers.Add("x-functions-key", value);
        await ExpectAsync(await host.Client.SendAsync(byHeader), expected);

        await ExpectAsync(await host.Client.GetAsync($"{path}?code={Uri.EscapeDataString(value)}"), expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(5000)]
    public async Task Authorization_KeyOfAnotherLength_IsRefused(int length)
    {
        using var folder = new TestFolder();
        await using var host = await StartAsync(folder);
        (await host.Client.GetAsync($"ForFunctions?code={new string('k', length)}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_FirstStart_MakesAFileThatOnlyItsOwnerReads()
    {
        using var folder = new TestFolder();
        await using var host = await StartAsync(folder);
        var path = KeysFile(folder);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Value(folder, "master").ShouldNotBe(Value(folder, "default"));
        Convert.FromBase64String(Value(folder, "master").Replace('-', '+').Replace('_', '/') + "=").Length.ShouldBe(32);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public async Task Keys_SecondStart_KeepsThem()
    {
        using var folder = new TestFolder();
        await using (await StartAsync(folder))
        {
            // Started only to have the keys made.
        }
        var made = File.ReadAllText(KeysFile(folder));
        await using var second = await StartAsync(folder);
        File.ReadAllText(KeysFile(folder)).ShouldBe(made);
    }

    [Fact]
    public async Task Keys_HostsStartedTogether_ShareOneFile()
    {
        using var folder = new TestFolder();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StartAsync(folder))));
        var key = Value(folder, "default");
        foreach (var host in hosts)
        {
            (await host.Client.GetAsync($"ForFunctions?code={key}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{ "masterKey": { "name": "master", "value": "s3cret-value", "encrypted": true }, "functionKeys": [] }""")]
    public async Task Keys_FileNotUsable_StopsTheStartWithoutQuotingIt(string content)
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(KeysFile(folder))!);
        File.WriteAllText(KeysFile(folder), content);
        var exception = await Should.ThrowAsync<Exception>(() => StartAsync(folder));
        exception.Message.ShouldContain(KeysFile(folder));
        exception.ToString().ShouldNotContain("s3cret-value");
    }

    private static Task<RunningHost> StartAsync(TestFolder folder) => RunningHost.StartAsync(new HostPlan(typeof(HttpFunctions))
    {
        Settings = [$"AzureWebJobsSecretsFolder={Path.GetDirectoryName(KeysFile(folder))}"],
        Configure = builder => builder.Services.AddSingleton(new Greeting("Hello")),
    });

    private static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            response.StatusCode.ShouldBe(expected);
            if (expected == HttpStatusCode.Unauthorized) (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }
    }

    private static string KeysFile(TestFolder folder) => Path.Combine(folder.Path, "secrets", "host.json");

    private static string Value(TestFolder folder, string key)
    {
        if (key is None or Wrong) return key;
        using var file = JsonDocument.Parse(File.ReadAllText(KeysFile(folder)));
        var made = key == "master" ? file.RootElement.GetProperty("masterKey") : file.RootElement.GetProperty("functionKeys")[0];
        made.GetProperty("name").GetString().ShouldBe(key);
        return made.GetProperty("value").GetString()!;
    }
}
