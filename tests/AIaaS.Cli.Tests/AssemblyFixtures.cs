using AIaaS.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
