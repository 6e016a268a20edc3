namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Every fault found while starting, so that all can be mended at once.</summary>
internal sealed class StartupFaults
{
    private readonly List<string> _faults = [];

    public void Add(string fault) => _faults.Add(fault);

    public void Add(string function, string fault) => _faults.Add($"Function '{function}': {fault}");

    /// <summary>Runs <paramref name="action"/> and notes its fault, if it has one, with the function's name.</summary>
    public void Collect(string function, Action action)
    {
        try
        {
            action();
        }
        catch (FunctionsStartupException exception)
        {
            Add(function, exception.Message);
        }
    }

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
            throw new FunctionsStartupException($"The Functions host cannot start:\n  - {string.Join("\n  - ", _faults)}");
    }
}
