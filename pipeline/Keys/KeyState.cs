namespace AIaaS.Pipeline.Keys;

/// <summary>What the service has decided about a scope's vault key, in the blob "{prefix}key-state.json". The vault cannot hold either fact.</summary>
/// <param name="Claimer">Who makes, or made, the first version of the key; null when nobody has begun to.</param>
/// <param name="ClaimedOn">When that began.</param>
/// <param name="Disabled">The key is not to be used, whatever versions of it the vault holds.</param>
internal sealed record KeyState(string? Claimer, DateTimeOffset? ClaimedOn, bool Disabled);
