namespace AIaaS.Local.Tests.Worker;

/// <summary>A new folder under the system's temporary one, gone with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aiaas-worker-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
