using System.Globalization;
using AIaaS.Fuzz;
using AIaaS.Fuzz.Networks;
using AIaaS.Fuzz.Wire;

// dotnet run -c Release --project tests/Fuzz -- wire --minutes 30 --seed 1
Func<IFuzzTarget>? target = args.FirstOrDefault() switch
{
    "wire" => () => new WireTarget(),
    "network" => () => new NetworkTarget(),
    _ => null,
};
if (target is null || args.Length % 2 != 1)
{
    Console.Error.WriteLine("Usage: wire|network [--minutes 30] [--seed 1]");
    return 2;
}

var (minutes, seed) = (30.0, 1);
for (var i = 1; i < args.Length; i += 2)
    switch (args[i])
    {
        case "--minutes": minutes = double.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--seed": seed = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        default: Console.Error.WriteLine($"Unknown option {args[i]}."); return 2;
    }

var run = new FuzzRun(target(), seed);
run.For(TimeSpan.FromMinutes(minutes), Console.Out);
return run.Findings.Count == 0 ? 0 : 1;
