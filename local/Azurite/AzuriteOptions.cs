namespace AIaaS.Local;

/// <param name="Location">Folder for its data; made if missing. Null keeps everything in memory.</param>
/// <param name="ProjectRoot">Folder that holds package.json and package-lock.json; npm packages are restored there when missing.</param>
/// <param name="StartTimeout">A loaded two-core machine needs up to 12 s; default 90 s.</param>
public sealed record AzuriteOptions(string? Location, string ProjectRoot, TimeSpan? StartTimeout = null);
