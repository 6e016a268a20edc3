using AIaaS.Benchmarks.Harness;

namespace AIaaS.Benchmarks.Suites;

/// <summary>Every suite there is. A new one gets a folder beside this file and a line here.</summary>
public static class SuiteList
{
    public static IReadOnlyList<ISuite> All { get; } = [];
}
