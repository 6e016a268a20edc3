namespace AIaaS.Benchmarks.Harness;

/// <summary>One group of figures, run by its name.</summary>
public interface ISuite
{
    /// <summary>Lower-case word: "serving".</summary>
    string Name { get; }

    /// <summary>One line for the list of suites.</summary>
    string Description { get; }

    /// <summary>Installs the peers, measures, and hands each figure to <see cref="SuiteContext.Report"/> as soon as it is known.</summary>
    Task RunAsync(SuiteContext context, CancellationToken cancellationToken);
}
