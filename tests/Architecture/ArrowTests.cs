using System.Xml.Linq;

namespace AIaaS.Architecture.Tests;

/// <summary>The one-way arrows between projects, as docs/architecture.md draws them.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["models"] = [],
        ["privacy"] = [],
        ["pipeline"] = ["models", "privacy", "local"],
        ["functions"] = ["pipeline", "local"],
        ["training"] = ["pipeline", "models", "privacy"],
        ["clients"] = ["privacy"],
        ["cli"] = ["pipeline", "privacy", "clients", "local"],
        ["local"] = ["local"],
        ["benchmarks"] = ["pipeline", "models", "privacy", "clients", "cli", "local"],
    };

    [Fact]
    public void ProjectReferences_AllProjects_FollowTheArrows()
    {
        var wrong = new List<string>();
        foreach (var project in Projects())
        {
            var room = Room(project);
            if (room == "tests") continue;
            Allowed.ShouldContainKey(room);
            wrong.AddRange(References(project)
                .Select(Room)
                .Where(target => target != room && !Allowed[room].Contains(target))
                .Select(target => $"{room} -> {target}"));
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void TorchSharp_AllProjects_ReferencedByTrainingOnly()
    {
        var holders = Projects()
            .Where(project => Items(project, "PackageReference").Any(name => name.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase) || name.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase)))
            .Select(Room);
        holders.ShouldBe(["training"]);
    }

    [Fact]
    public void AzurePackages_ModelsAndPrivacy_KnowNone()
    {
        var holders = Projects()
            .Where(project => Room(project) is "models" or "privacy")
            .SelectMany(project => Items(project, "PackageReference").Concat(Items(project, "AzureEdition")))
            .Where(name => name.StartsWith("Azure.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Azure.", StringComparison.Ordinal));
        holders.ShouldBeEmpty();
    }

    private static IEnumerable<string> Projects() => Repository.Files("*.csproj");

    private static string Room(string path) => Repository.Room(path);

    /// <summary>Linked references only: a project that is merely built first (ReferenceOutputAssembly=false) is no arrow.</summary>
    private static IEnumerable<string> References(string project) => XDocument.Load(project)
        .Descendants("ProjectReference")
        .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
        .Concat(Items(project, "AzureEdition").Select(name => Path.Combine(Repository.Root, "local", name, name + ".csproj")));

    private static IEnumerable<string> Items(string project, string item) => XDocument.Load(project)
        .Descendants(item)
        .Select(element => element.Attribute("Include")?.Value ?? "");
}
