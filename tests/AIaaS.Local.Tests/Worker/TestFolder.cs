namespace AIaaS.Local.Tests.Worker;

/// <summary>A new folder under the system's temporary one.</summary>
internal sealed class TestFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aiaas-worker-").FullName;
}
