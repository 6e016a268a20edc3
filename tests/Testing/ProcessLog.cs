using System.Text;

namespace AIaaS.Testing;

/// <summary>Everything a child process writes, as lines to wait for and as text to search.</summary>
public sealed class ProcessLog
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(Func<string, bool> Matches, TaskCompletionSource<string> Found)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_lock) return _text.ToString();
        }
    }

    /// <summary>Reads until the stream ends, which it does with the process.</summary>
    public async Task PumpAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line) Add(line);
    }

    /// <summary>The next line that matches; begin waiting before the line can be written.</summary>
    public Task<string> WaitForLineAsync(Func<string, bool> matches)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Add((matches, found));
        return found.Task;
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            _text.AppendLine(line);
            foreach (var waiting in _waiting.FindAll(waiting => waiting.Matches(line)))
            {
                _waiting.Remove(waiting);
                waiting.Found.TrySetResult(line);
            }
        }
    }
}
