namespace AIaaS.Homomorphic.Ckks;

/// <summary>Rows of different contexts do not mix, even where the parameters are equal: each context chooses its own kernels.</summary>
internal static class ContextChecks
{
    /// <param name="own">Of the one who checks.</param>
    /// <param name="other">Of what was given.</param>
    /// <param name="what">What was given, beginning a sentence.</param>
    /// <param name="whose">The one who checks.</param>
    /// <exception cref="HomomorphicException">They are not one.</exception>
    public static void Same(CkksContext own, CkksContext other, string what, string whose)
    {
        if (ReferenceEquals(own, other)) return;
        throw new HomomorphicException(own.Parameters.Equals(other.Parameters)
            ? $"{what} and {whose} have equal parameters but come from two contexts. Make one CkksContext and use it for both."
            : $"{what} is of {other.Parameters}; {whose} is of {own.Parameters}.");
    }
}
