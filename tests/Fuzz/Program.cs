using System.Globalization;
using AIaaS.Fuzz;
using AIaaS.Fuzz.Wire;

// dotnet run -c Release --project tests/Fuzz -- wire --minutes 30 --seed 1
if (args is not ["wire", .. var options] || options.Length % 2 != 0)
{
    Console.Error.WriteLine("Usage: wire [--minutes 30] [--seed 1]");
    return 2;
}

var (minutes, seed) = (30.0, 1);
for (var i = 0; i < options.Length; i += 2)
    switch (options[i])
    {
        case "--minutes": minutes = double.Parse(options[i + 1], CultureInfo.InvariantCulture); break;
        case "--seed": seed = int.Parse(options[i + 1], CultureInfo.InvariantCulture); break;
        default: Console.Error.WriteLine($"Unknown option {options[i]}."); return 2;
    }

var run = new FuzzRun(new WireTarget(), seed);
run.For(TimeSpan.FromMinutes(minutes), Console.Out);
return run.Findings.Count == 0 ? 0 : 1;
