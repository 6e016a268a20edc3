namespace AIaaS.Homomorphic.Rlwe;

/// <summary>One independent piece of work per row.</summary>
internal interface IRowJob
{
    void Run(int row);
}

/// <summary>Runs such pieces one after another, allocating nothing, or on several threads.</summary>
internal static class RowJobs
{
    public static void Run<TJob>(int rows, int threads, TJob job)
        where TJob : struct, IRowJob
    {
        if (threads <= 1 || rows <= 1)
        {
            for (var row = 0; row < rows; row++) job.Run(row);
            return;
        }
        RunTogether(rows, threads, job);
    }

    // Apart, so that only this path pays for the closure.
    private static void RunTogether<TJob>(int rows, int threads, TJob job)
        where TJob : struct, IRowJob =>
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, row => job.Run(row));
}
