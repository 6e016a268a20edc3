namespace AIaaS.Fuzz;

/// <summary>Something that reads bytes that nobody vouches for.</summary>
internal interface IFuzzTarget
{
    /// <summary>Makes an input and gives it to what is tested. Everything follows from the random numbers.</summary>
    /// <returns>What happened.</returns>
    FuzzOutcome Execute(Random random);
}
