using AIaaS.Benchmarks.Harness;
using AIaaS.Benchmarks.Suites;

return await BenchmarkRun.MainAsync(args, SuiteList.All);
