using AIaaS.Homomorphic.Tests.Vectors;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Homomorphic.Tests.Wire;

public sealed class ParametersIdTests
{
    [Fact]
    public void OfKeysAndLevels_AreThoseOfSeal()
    {
        var parameters = SealVectors.Context.Parameters;
        ParametersId.OfKeys(parameters).ShouldBe(new ParametersId(0x334ede3d6edfb332, 0xd6e2609cb373daf7, 0x249930893069d045, 0x69cf669e825f4087));
        ParametersId.OfLevel(parameters, 2).ShouldBe(new ParametersId(0xc95b760201adafb2, 0x996141827ff22369, 0xd178981b4d0de260, 0x0fee43ebe3e23548));
        ParametersId.OfLevel(parameters, 0).ShouldBe(new ParametersId(0xa53dc84268985d52, 0x0d373fddd2441beb, 0xc06f8e9ed8395b2e, 0x0bc6542b1190bb84));
        Should.Throw<HomomorphicException>(() => ParametersId.OfLevel(parameters, 3));
    }

    [Fact]
    public void ToString_IsTheBytesAsTheyAreSent() =>
        ParametersId.OfKeys(SealVectors.Context.Parameters).ToString().ShouldBe(Convert.ToHexStringLower(VectorFile.Bytes("sk").AsSpan(16, 32)));
}
