namespace AIaaS.Local.Tests.Signatures;

/// <summary>The check itself: it accepts what is the same, and finds every kind of difference.</summary>
public sealed class SignatureCheckTests
{
    private const string Condensed = """
        # CT = System.Threading.CancellationToken cancellationToken = default
        namespace AIaaS.Local.Tests.Signatures.SignatureCheckTests
        class Sample : IAsyncDisposable
          Sample(string name, int size = 3)   virtual string Name { get; }  bool? Enabled { get; set; }
          virtual Task<byte[]> ReadAsync(IDictionary<string, object>? more = default, CT)   (long from, CT)
          static Sample Open(params string[] paths)   ValueTask DisposeAsync()   event Func<string, Task> Changed
        enum Colour Red Green;  enum Level Low=1 High=5
        """;

    private const string Reflected = """
        sealed class AIaaS.Local.Tests.Signatures.SignatureCheckTests.MarkAttribute : System.Attribute
          [AttributeUsage Method; AllowMultiple=False]
          MarkAttribute(string name)
          string Name { get; set; }
        static class AIaaS.Local.Tests.Signatures.SampleExtensions
          static T Find<T>(this AIaaS.Local.Tests.Signatures.SignatureCheckTests.Sample sample, System.Func<T, bool> where = null)
        """;

    [Theory]
    [InlineData(typeof(Sample))]
    [InlineData(typeof(Colour))]
    [InlineData(typeof(Level))]
    public void Compare_SameAsCondensedListing_FindsNothing(Type type) => Differences(type, Condensed).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(MarkAttribute))]
    [InlineData(typeof(SampleExtensions))]
    public void Compare_SameAsReflectedListing_FindsNothing(Type type) => Differences(type, Reflected).ShouldBeEmpty();

    [Theory]
    [InlineData("string name, int size = 3", "string title, int size = 3", "a parameter's name")]
    [InlineData("string name, int size = 3", "string name, long size = 3", "a parameter's type")]
    [InlineData("string name, int size = 3", "string name, int size = 4", "a default value")]
    [InlineData("string name, int size = 3", "string name, int size", "an optional parameter")]
    [InlineData("Sample(string name, int size = 3)", "protected Sample(string name, int size = 3)", "accessibility")]
    [InlineData("virtual string Name", "string Name", "virtual")]
    [InlineData("virtual string Name", "virtual object Name", "a property's type")]
    [InlineData("bool? Enabled", "bool Enabled", "nullability of a value")]
    [InlineData("bool? Enabled { get; set; }", "bool? Enabled { get; }", "a setter")]
    [InlineData("Task<byte[]> ReadAsync", "Task<string> ReadAsync", "a result's type argument")]
    [InlineData("ReadAsync", "FetchAsync", "a method's name")]
    [InlineData("(long from, CT)", "", "an overload")]
    [InlineData("params string[] paths", "string[] paths", "params")]
    [InlineData("static Sample Open", "Sample Open", "static")]
    [InlineData("event Func<string, Task> Changed", "event Func<object, Task> Changed", "an event's type")]
    [InlineData(" : IAsyncDisposable", "", "an interface")]
    [InlineData("class Sample", "sealed class Sample", "sealed")]
    [InlineData("class Sample", "struct Sample", "the kind of type")]
    public void Compare_RealOneDiffersFromSample_IsFound(string here, string there, string what) =>
        Differences(typeof(Sample), Replace(Condensed, here, there)).ShouldNotBeEmpty(what);

    [Theory]
    [InlineData("Red Green", "Green Red")]
    [InlineData("Red Green", "Red")]
    public void Compare_EnumDiffers_IsFound(string here, string there) =>
        Differences(typeof(Colour), Replace(Condensed, here, there)).ShouldNotBeEmpty();

    [Fact]
    public void Compare_EnumNumberDiffers_IsFound() => Differences(typeof(Level), Replace(Condensed, "High=5", "High=2")).ShouldHaveSingleItem();

    [Theory]
    [InlineData("AllowMultiple=False", "AllowMultiple=True")]
    [InlineData("AttributeUsage Method", "AttributeUsage Class")]
    [InlineData("System.Attribute", "System.Exception")]
    public void Compare_AttributeDiffers_IsFound(string here, string there) =>
        Differences(typeof(MarkAttribute), Replace(Reflected, here, there)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("this AIaaS", "AIaaS")]
    [InlineData("static T Find<T>", "static T Find")]
    [InlineData("System.Func<T, bool>", "System.Func<T, T>")]
    [InlineData("System.Func<T, bool>", "Other.Func<T, bool>")]
    public void Compare_ExtensionMethodDiffers_IsFound(string here, string there) =>
        Differences(typeof(SampleExtensions), Replace(Reflected, here, there)).ShouldNotBeEmpty();

    [Fact]
    public void Compare_TypeThatIsNotListed_IsFound() => Differences(typeof(Sample), Reflected).ShouldHaveSingleItem().ShouldContain("no such type");

    [Fact]
    public void Compare_AcceptedDifference_IsLeftOut()
    {
        var facts = FactListing.Parse(Replace(Condensed, "ReadAsync", "FetchAsync"));
        var accepted = new AcceptedDifference(PublicSurface.Of(typeof(Sample)).Name, ["ReadAsync"], "for this test");
        SignatureCheck.Compare([PublicSurface.Of(typeof(Sample))], facts, [accepted]).ShouldBeEmpty();
    }

    [Fact]
    public void Parse_SyncTwins_AreThereWhereTheListingPromisesThem()
    {
        const string Listing = """
            # Sync twin exists for every Async method
            namespace N
            class C  virtual Task<Response<int>> GetAsync(CT)   virtual AsyncPageable<int> ListAsync(CT)
            """;
        var members = FactListing.Parse(Listing)["N.C"].Members.Select(member => $"{member.Type} {member.Name}");
        members.ShouldBe(["Task<Response<int>> GetAsync", "AsyncPageable<int> ListAsync", "Response<int> Get", "Pageable<int> List"]);
    }

    private static IReadOnlyList<string> Differences(Type type, string listing) =>
        SignatureCheck.Compare([PublicSurface.Of(type)], FactListing.Parse(listing), []);

    private static string Replace(string listing, string here, string there)
    {
        listing.ShouldContain(here, Case.Sensitive);
        return listing.Replace(here, there, StringComparison.Ordinal);
    }

#pragma warning disable CA1822, CA1720, CA1070, CS0067, CA1813, CA1019, MA0064 // What these types look like is the point; nothing uses them.
    public class Sample(string name, int size = 3) : IAsyncDisposable
    {
        public virtual string Name { get; } = name + size;

        public bool? Enabled { get; set; }

        public event Func<string, Task>? Changed;

        public static Sample Open(params string[] paths) => new(paths[0]);

        public virtual Task<byte[]> ReadAsync(IDictionary<string, object>? more = default, CancellationToken cancellationToken = default) => Task.FromResult<byte[]>([]);

        public virtual Task<byte[]> ReadAsync(long from, CancellationToken cancellationToken = default) => Task.FromResult<byte[]>([]);

        public ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return ValueTask.CompletedTask;
        }

        public override string ToString() => Name;
    }

    public enum Colour
    {
        Red,
        Green,
    }

    public enum Level
    {
        Low = 1,
        High = 5,
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class MarkAttribute(string name) : Attribute
    {
        public string Name { get; set; } = name;
    }
}

public static class SampleExtensions
{
    public static T Find<T>(this SignatureCheckTests.Sample sample, Func<T, bool>? where = null) => throw new NotSupportedException($"{sample} {where is null}");
}
#pragma warning restore
