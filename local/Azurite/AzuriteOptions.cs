namespace AIaaS.Local;

/// <param name="Location">Folder for its data; made if missing. Null keeps everything in memory.</param>
/// <param name="ProjectRoot">Folder that holds package.json and package-lock.json; npm packages are restored there when missing.</param>
/// <param name="StartTimeout">A loaded two-core machine needs up to 12 s; default 90 s.</param>
/// <param name="Accounts">Names of further storage accounts, each a world of its own in the same process; see <see cref="AzuriteProcess.ConnectionStringOf"/>.</param>
public sealed record AzuriteOptions(string? Location, string ProjectRoot, TimeSpan? StartTimeout = null, IReadOnlyList<string>? Accounts = null);
