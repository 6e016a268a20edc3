using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>What tests set and apps leave alone.</summary>
internal sealed record FunctionsHostOptions
{
    /// <summary>Folder of host.json and local.settings.json.</summary>
    public string ScriptRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>Classes that hold the functions; null: every class of the entry assembly.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; init; }

    /// <summary>How long running functions may go on once the host has been told to stop; then they are cancelled.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest pause between two listings of a container.</summary>
    public TimeSpan BlobPollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    public IReadOnlyList<Type> ResolveFunctionTypes() => FunctionTypes
        ?? Assembly.GetEntryAssembly()?.GetTypes()
        ?? throw new InvalidOperationException("There is no entry assembly to look for functions in.");
}
