using AIaaS.Homomorphic.Wire.Formats;

namespace AIaaS.Homomorphic.Wire;

public sealed partial class SealReader
{
    /// <summary>Reads and checks Galois keys as <see cref="ReadGaloisKeys(Stream, int?)"/> does and keeps none of them: it takes the memory of one key.</summary>
    /// <param name="source">At the header.</param>
    /// <param name="maxKeys">More are refused; null for as many as SEAL makes by itself, 2 log2(N/2) + 1.</param>
    public SealObject<GaloisKeyList> ListGaloisKeys(Stream source, int? maxKeys = null)
    {
        var most = maxKeys ?? GaloisKeysFormat.DefaultMaxKeys(Parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(maxKeys));
        return Read(source, GaloisKeysFormat.Name, GaloisKeysFormat.MaxSize(Parameters, most), (reader, _) =>
        {
            var elements = new List<int>();
            GaloisKeysFormat.ReadEach(reader, _expected, most, (element, key) =>
            {
                key.Dispose();
                elements.Add(element);
            });
            return GaloisKeyList.Of(_expected.Context, elements);
        });
    }
}
