using AIaaS.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

// torch's random generator and its thread count belong to the process. The trainer runs one job a process;
// tests that train side by side would draw from one another's generator.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
