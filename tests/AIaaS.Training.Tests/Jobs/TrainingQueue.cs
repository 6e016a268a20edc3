namespace AIaaS.Training.Tests.Jobs;

/// <summary>Tests of whole jobs share one queue, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TrainingQueue
{
    public const string Name = "training queue";
}
