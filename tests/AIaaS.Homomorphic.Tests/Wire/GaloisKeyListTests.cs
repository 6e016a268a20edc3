using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class GaloisKeyListTests
{
    private static readonly CkksContext Context = new(CkksParameters.Create(4096, [36, 34, 36]));

    [Fact]
    public void List_OfKeysWithConjugation_NamesThem()
    {
        var list = new SealReader(Context).ListGaloisKeys(Write([3, -1, 1], conjugation: true)).Value;

        list.Steps.ShouldBe([1, 3, 2047]);
        list.Conjugation.ShouldBeTrue();
        list.Elements.Count.ShouldBe(4);
    }

    [Fact]
    public void List_MoreThanAllowed_IsRefused() =>
        Should.Throw<WireFormatException>(() => new SealReader(Context).ListGaloisKeys(Write([1, 2, 3], conjugation: false), maxKeys: 2)).Message.ShouldContain("more than the 2 keys");

    [Fact]
    public void List_OfManyKeys_TakesTheMemoryOfOne()
    {
        var stream = Write([.. Enumerable.Range(1, 23)], conjugation: false);
        var reader = new SealReader(new CkksContext(Context.Parameters));
        const long OneKey = 2L * 2 * 3 * 4096 * 8;

        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.ListGaloisKeys(stream).Value.Elements.Count.ShouldBe(23);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3 * OneKey);
    }

    private static MemoryStream Write(int[] steps, bool conjugation)
    {
        var generator = new KeyGenerator(Context);
        using var secret = generator.CreateSecretKey();
        using var keys = generator.CreateGaloisKeys(secret, steps, conjugation);
        var stream = new MemoryStream();
        new SealWriter().Write(stream, keys);
        stream.Position = 0;
        return stream;
    }
}
