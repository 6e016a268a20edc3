using System.Buffers;
using System.Runtime.CompilerServices;
using AIaaS.Homomorphic.Ring.Words;

namespace AIaaS.Homomorphic.Ring.Sampling;

/// <summary>A polynomial with uniformly random values modulo every prime, from a seed, exactly as SEAL expands it.</summary>
/// <remarks>
/// The stream's first N words are for the first prime, the next N for the second, and so on. A word at or above the largest multiple of the
/// prime that fits would favour small residues; it is replaced by the stream's next word after all of those, in the order of the values.
/// In NTT form the words are the values: the transform of a uniform polynomial is uniform.
/// </remarks>
internal static class UniformSampler
{
    /// <param name="seed">The seed.</param>
    /// <param name="rings">The primes, from the first on.</param>
    /// <param name="destination">Gets a row per prime.</param>
    /// <param name="firstRow">The row of the first prime.</param>
    /// <exception cref="HomomorphicException">The platform cannot expand this kind of seed.</exception>
    public static void Sample(UniformSeed seed, ReadOnlySpan<PrimeRing> rings, ResidueBuffer destination, int firstRow)
    {
        var degree = destination.Degree;
        var blocksPerRow = degree / UniformStream.BlockWords;
        var spare = new SpareWords(seed, rings.Length * blocksPerRow);
        var words = ArrayPool<ulong>.Shared.Rent(degree);
        try
        {
            var row = words.AsSpan(0, degree);
            for (var i = 0; i < rings.Length; i++)
            {
                UniformStream.Read(seed, i * blocksPerRow, row);
                Reduce(row, rings[i].Modulus, spare);
                rings[i].FromCanonical(row, destination[firstRow + i]);
            }
        }
        finally
        {
            spare.Dispose();
            ArrayPool<ulong>.Shared.Return(words);
        }
    }

    [MethodImpl(Kernels.Loop)]
    private static void Reduce(Span<ulong> words, ulong modulus, SpareWords spare)
    {
        var limit = ulong.MaxValue - ulong.MaxValue % modulus - 1;
        var one = Shoup.Of(1, modulus);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            while (word >= limit) word = spare.Next();
            words[i] = one.Multiply(word, modulus);
        }
    }

    /// <summary>The stream after the words that every value starts with; hardly ever read.</summary>
    private sealed class SpareWords(UniformSeed seed, int firstBlock) : IDisposable
    {
        private ulong[]? _block;
        private int _used = UniformStream.BlockWords;
        private int _next = firstBlock;

        public ulong Next()
        {
            _block ??= ArrayPool<ulong>.Shared.Rent(UniformStream.BlockWords);
            if (_used == UniformStream.BlockWords)
            {
                UniformStream.Read(seed, _next++, _block.AsSpan(0, UniformStream.BlockWords));
                _used = 0;
            }
            return _block[_used++];
        }

        public void Dispose()
        {
            if (_block is not null) ArrayPool<ulong>.Shared.Return(_block);
        }
    }
}
