using AIaaS.Cli.CommandLine;

using var terminal = Terminal.System();
return await Application.RunAsync(args, terminal, CancellationToken.None);
