using AIaaS.Cli.CommandLine;
using AIaaS.Cli.Local;
using Endpoint = AIaaS.Cli.Local.Endpoint;

namespace AIaaS.Cli.Tests.Local;

public sealed class DataFolderTests
{
    [Fact]
    public void Lock_HeldAlready_NamesTheServiceThatRunsThere()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.At("data"));
        folder.Create();
        new Endpoint(new Uri("http://127.0.0.1:7071/"), "secret-key", "secret-storage", folder.Path, 4711).Write(folder);
        using var held = folder.Lock();

        var refused = Should.Throw<CliException>(() => folder.Lock());

        refused.Message.ShouldContain("http://127.0.0.1:7071/");
        refused.Message.ShouldContain("4711");
        refused.Message.ShouldNotContain("secret");
        refused.Next.ShouldNotBeNull();
    }

    [Fact]
    public void Lock_HolderIsGone_CanBeTakenAgain()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.Path);
        folder.Lock().Dispose();

        folder.Lock().Dispose();
    }

    [Fact]
    public void Write_Endpoint_IsReadableByItsOwnerOnlyAndReadsBack()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.At("data"));
        folder.Create();
        var endpoint = new Endpoint(new Uri("http://127.0.0.1:7071/"), "k", "s", folder.Path, 1);

        endpoint.Write(folder);
        endpoint.Write(folder);

        Endpoint.Read(folder).ShouldBe(endpoint);
        if (OperatingSystem.IsWindows()) return; // File modes are Unix's.
        File.GetUnixFileMode(folder.EndpointFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder.Keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"url\":")]
    [InlineData("null")]
    public void Read_NoWholeEndpoint_IsNone(string text)
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.Path);
        File.WriteAllText(folder.EndpointFile, text);

        Endpoint.Read(folder).ShouldBeNull();
    }
}
