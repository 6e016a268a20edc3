using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Ckks;

/// <summary>Operations that write into a given ciphertext work in pooled memory alone.</summary>
public sealed class AllocationTests
{
    private const double Scale = 1L << 30;

    [Fact]
    public void Operations_IntoDestinations_AllocateNothing()
    {
        var scheme = new EncryptedScheme(CkksParameters.Create(8192, [50, 40, 40, 50]), [1]);
        var evaluator = scheme.Evaluator;
        using var a = scheme.Encrypt([1.0, 2.0, 3.0], 2, Scale);
        using var plaintext = evaluator.Encode([0.5, 0.25], 2, Scale);
        using var sum = evaluator.CreateDestination();
        using var product = evaluator.CreateDestination();
        using var two = evaluator.CreateDestination();
        using var rescaled = evaluator.CreateDestination();
        using var rotated = evaluator.CreateDestination();
        using var scaled = evaluator.CreateDestination();

        void Round()
        {
            evaluator.Add(a, a, sum);
            evaluator.Multiply(a, plaintext, scaled);
            evaluator.Multiply(a, sum, product);
            evaluator.Relinearize(product, two);
            evaluator.Rescale(two, rescaled);
            evaluator.Rotate(rescaled, 1, rotated);
            evaluator.Conjugate(rescaled, rotated);
        }

        for (var i = 0; i < 10; i++) Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) Round();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Destination_ThatIsTheOperand_IsRefusedWhereItWouldBeOverwrittenTooEarly()
    {
        var scheme = new EncryptedScheme(CkksParameters.Create(8192, [50, 40, 40, 50]), [1]);
        using var a = scheme.Encrypt([1.0], 2, Scale);
        Should.Throw<HomomorphicException>(() => scheme.Evaluator.Rotate(a, 1, a)).Message.ShouldContain("destination");
        scheme.Evaluator.Add(a, a, a);
        scheme.Decrypt(a)[0].Real.ShouldBe(2, 1e-4);
    }
}
