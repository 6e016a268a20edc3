namespace AIaaS.Pipeline.Keys;

/// <summary>A key as lists show it.</summary>
/// <param name="KeyName">"dataset-digits".</param>
/// <param name="Scope">What it protects.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Versions">How many versions there are.</param>
/// <param name="Enabled">False when the newest version is disabled: what it protects cannot be read or written.</param>
/// <param name="CreatedOn">Of the newest version.</param>
public sealed record VaultKeyInfo(string KeyName, VaultScope Scope, string Version, int Versions, bool Enabled, DateTimeOffset? CreatedOn);
