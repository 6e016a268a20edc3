using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites.Encrypted;
using AIaaS.Benchmarks.Suites.EncryptedTraining;
using AIaaS.Benchmarks.Suites.Homomorphic;
using AIaaS.Benchmarks.Suites.Ingestion;
using AIaaS.Benchmarks.Suites.Serving;
using AIaaS.Benchmarks.Suites.Training;

namespace AIaaS.Benchmarks.Suites;

/// <summary>Every suite there is. A new one gets a folder beside this file and a line here.</summary>
public static class SuiteList
{
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new EncryptedSuite(),
        new EncryptedAgreementSuite(),
        new EncryptedTrainingSuite(),
        new HomomorphicSuite(),
        new IngestionSuite(),
        new ServingSuite(),
        new TrainingSuite(),
    ];
}
