using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace AIaaS.Local.Tests.Worker.Blobs;

internal sealed class BlobFunctions(BlobRuns runs)
{
    [Function("TakeBlob")]
    public async Task Take([BlobTrigger("%container%/{dataset}/{file}")] BlobClient blob, string dataset, string file, CancellationToken cancellationToken)
    {
        var content = await blob.DownloadContentAsync(cancellationToken);
        var text = content.Value.Content.ToString();
        await runs.RunAsync($"{dataset}|{file}|{text}", cancellationToken);
    }
}

/// <summary>What the function was run for, and what it does.</summary>
internal sealed class BlobRuns
{
    private readonly Lock _gate = new();
    private int _running;

    public ConcurrentQueue<string> Begun { get; } = new();

    public ConcurrentQueue<string> Done { get; } = new();

    public int MostAtOnce { get; private set; }

    public Func<string, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    public async Task RunAsync(string what, CancellationToken cancellationToken)
    {
        lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_running);
        Begun.Enqueue(what);
        try
        {
            await Work(what, cancellationToken);
            Done.Enqueue(what);
        }
        finally
        {
            lock (_gate) _running--;
        }
    }
}
