namespace Azure.Messaging.ServiceBus;

/// <summary>What a connection string of this edition says: where the storage is, and the settings a real queue would hold itself.</summary>
internal sealed record BrokerSettings(string StorageConnectionString, TimeSpan LockDuration, int MaxDeliveryCount, TimeSpan DuplicateWindow)
{
    /// <exception cref="FormatException">A part is missing, unknown or out of range; the text names it and never repeats a secret.</exception>
    public static BrokerSettings Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var storage = new List<string>();
        var (lockSeconds, deliveries, duplicates) = (30, 10, 600);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = part.Split('=', 2)[0].Trim();
            if (name.Equals("LockSeconds", StringComparison.OrdinalIgnoreCase))
                lockSeconds = Number(part, name, 1, 300);
            else if (name.Equals("MaxDeliveryCount", StringComparison.OrdinalIgnoreCase))
                deliveries = Number(part, name, 1, 2000);
            else if (name.Equals("DuplicateDetectionSeconds", StringComparison.OrdinalIgnoreCase))
                duplicates = Number(part, name, 0, 7 * 24 * 3600);
            else if (name.Equals("Endpoint", StringComparison.OrdinalIgnoreCase))
                throw new FormatException(
                    "The connection string names a Service Bus namespace (Endpoint=sb://...), which the local edition cannot reach. " +
                    "Use a storage connection string, or build with -p:AzurePackages=true.");
            else
                storage.Add(part);
        }
        if (storage.Count == 0)
            throw new FormatException("The Service Bus connection string holds no storage account: it needs AccountName, AccountKey and endpoints, or UseDevelopmentStorage=true.");
        return new BrokerSettings(string.Join(';', storage), TimeSpan.FromSeconds(lockSeconds), deliveries, TimeSpan.FromSeconds(duplicates));
    }

    private static int Number(string part, string name, int smallest, int largest)
    {
        var text = part.Split('=', 2) is [_, var value] ? value : "";
        return int.TryParse(text, out var number) && number >= smallest && number <= largest
            ? number
            : throw new FormatException($"{name} in the Service Bus connection string is '{text}'; it must be a whole number from {smallest} to {largest}.");
    }
}
