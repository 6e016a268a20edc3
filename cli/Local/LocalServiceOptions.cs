namespace AIaaS.Cli.Local;

/// <param name="Data">Where it lives.</param>
/// <param name="Port">Of the Function App; null takes a free one.</param>
/// <param name="Jobs">Trainers at once.</param>
/// <param name="Console">Gets the logs of the children too; null for none.</param>
public sealed record LocalServiceOptions(DataFolder Data, int? Port, int Jobs, TextWriter? Console);
