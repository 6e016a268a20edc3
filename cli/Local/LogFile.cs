using AIaaS.Local;

namespace AIaaS.Cli.Local;

/// <summary>A child's output, line by line into a file, and to the console too when asked. One older file is kept; each is bounded.</summary>
public sealed class LogFile : IDisposable
{
    private const long MaximumBytes = 20L << 20;

    private readonly string _path;
    private readonly TextWriter? _console;
    private readonly string _name;
    private readonly Lock _lock = new();
    private StreamWriter _writer;

    /// <param name="folder">Where it lies.</param>
    /// <param name="name">"functions", "training".</param>
    /// <param name="console">Gets a copy of each line; null for none.</param>
    public LogFile(string folder, string name, TextWriter? console)
    {
        _path = Path.Combine(folder, name + ".log");
        _name = name;
        _console = console;
        _writer = Open();
    }

    /// <summary>Both streams of the child, until it closes them.</summary>
    public Task PumpAsync(TetheredProcess child) => Task.WhenAll(PumpAsync(child.StandardOutput), PumpAsync(child.StandardError));

    public void Write(string line)
    {
        lock (_lock)
        {
            _writer.WriteLine(line);
            if (_writer.BaseStream.Position > MaximumBytes) Roll();
        }
        _console?.WriteLine($"{_name}: {line}");
    }

    /// <summary>The last lines, for the report of a child that ended when it should not have.</summary>
    public string Tail(int lines)
    {
        lock (_lock) _writer.Flush();
        return string.Join('\n', File.ReadLines(_path).TakeLast(lines));
    }

    public void Dispose()
    {
        lock (_lock) _writer.Dispose();
    }

    private async Task PumpAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line) Write(line);
    }

    private void Roll()
    {
        _writer.Dispose();
        File.Move(_path, _path + ".1", overwrite: true);
        _writer = Open();
    }

    private StreamWriter Open() => new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
}
