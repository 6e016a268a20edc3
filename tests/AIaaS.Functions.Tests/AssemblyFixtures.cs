using AIaaS.Functions.Tests;
using AIaaS.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(RunningApp))]
