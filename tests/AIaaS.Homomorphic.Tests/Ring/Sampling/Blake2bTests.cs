using System.Text;
using AIaaS.Homomorphic.Ring.Sampling;

namespace AIaaS.Homomorphic.Tests.Ring.Sampling;

public sealed class Blake2bTests
{
    // RFC 7693, appendix A.
    [Fact]
    public void Hash_OfAbc_IsTheOneInTheRfc() =>
        Hash(Encoding.ASCII.GetBytes("abc"), 64, []).ShouldBe(
            "BA80A53F981C4D0D6A2797B69F12F6E94C212F14685AC4B74B12BB6FDBFFA2D17D87C5392AAB792DC252D5DE4533CC9518D38AA8DBF1925AB92386EDD4009923");

    // The first and the 129-byte vectors of the BLAKE2 authors' keyed known-answer file: key 00..3f, message 00..
    [Theory]
    [InlineData(0, "10EBB67700B1868EFB4417987ACF4690AE9D972FB7A590C2F02871799AAA4786B5E996E8F0F4EB981FC214B005F42D2FF4233499391653DF7AEFCBC13FC51568")]
    [InlineData(1, "961F6DD1E4DD30F63901690C512E78E4B45E4742ED197C3C5E45C549FD25F2E4187B0BC9FE30492B16B0D0BC4EF9B0F34C7003FAC09A5EF1532E69430234CEBD")]
    public void Hash_Keyed_IsTheKnownAnswer(int length, string expected) =>
        Hash(Ascending(length), 64, Ascending(64)).ShouldBe(expected);

    // RFC 7693, appendix E: the digest of digests over lengths and keys, which crosses every block border.
    [Fact]
    public void Hash_OverLengthsAndKeys_IsTheSelfTestOfTheRfc()
    {
        var all = new List<byte>();
        foreach (var digestLength in new[] { 20, 32, 48, 64 })
            foreach (var length in new[] { 0, 3, 128, 129, 255, 1024 })
            {
                var message = SelfTestSequence(length, (uint)length);
                all.AddRange(Convert.FromHexString(Hash(message, digestLength, [])));
                all.AddRange(Convert.FromHexString(Hash(message, digestLength, SelfTestSequence(digestLength, (uint)digestLength))));
            }
        Hash([.. all], 32, []).ShouldBe("C23A7800D98123BD10F506C61E29DA5603D763B8BBAD2E737F5E765A7BCCD475");
    }

    private static string Hash(byte[] message, int digestLength, byte[] key)
    {
        var digest = new byte[digestLength];
        Blake2b.Hash(message, digest, key);
        return Convert.ToHexString(digest);
    }

    private static byte[] Ascending(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static byte[] SelfTestSequence(int length, uint seed)
    {
        var bytes = new byte[length];
        var (a, b) = (0xDEAD4BADu * seed, 1u);
        for (var i = 0; i < length; i++)
        {
            (a, b) = (b, a + b);
            bytes[i] = (byte)(b >> 24);
        }
        return bytes;
    }
}
