using AIaaS.Functions.Tests;

[assembly: AssemblyFixture(typeof(RunningApp))]
