namespace AIaaS.Cli.Service;

/// <summary>One fault among several, as problem details list them. <paramref name="Pointer"/> is a JSON pointer or "file:line".</summary>
public sealed record ServiceFault(string Pointer, string Detail);
