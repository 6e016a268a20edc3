namespace AIaaS.Functions.Http;

/// <summary>The ETag of a record: every change of it sets UpdatedOn to the 100 ns.</summary>
public static class EntityTag
{
    public static string Of(DateTimeOffset updatedOn) => updatedOn.UtcTicks.ToString("x");
}
