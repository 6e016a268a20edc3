using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>A convolution of freshly packed phases: one transform whose giant step is the grid's width.</summary>
internal static class ConvolutionCircuit
{
    /// <summary>Maps that one ciphertext holds when the grids stand side by side.</summary>
    public static int MapsPerCiphertext(ConvolutionGeometry geometry, int slots)
    {
        // The last block's last window must not reach beyond the slots; a grid that fits has room for it.
        var maps = slots / geometry.GridSize;
        return maps > 0
            ? maps
            : throw new HomomorphicException(
                $"A convolution's grid of {geometry.GridSize} slots does not fit {slots} slots. Take a larger degree, a larger stride or a smaller image.");
    }

    /// <param name="geometry">Image and kernel.</param>
    /// <param name="slots">Of a ciphertext.</param>
    /// <param name="block">Slots per block, at least the grid's size.</param>
    /// <param name="firstMap">The first map that this ciphertext computes.</param>
    /// <param name="maps">How many.</param>
    public static FoldedTransform Create(ConvolutionGeometry geometry, int slots, int block, int firstMap, int maps)
    {
        var layer = geometry.Layer;
        var result = geometry.Outputs(slots, block, firstMap, maps);
        var terms =
            from channel in Enumerable.Range(0, geometry.Input.Channels)
            from ky in Enumerable.Range(0, layer.Kernel)
            from kx in Enumerable.Range(0, layer.Kernel)
            select new DiagonalTerm(geometry.InputOf(channel, ky, kx), kx / layer.Stride, ky / layer.Stride, Values(channel, ky, kx));
        var transform = new LinearTransform(geometry.GridWidth, [.. terms]);
        return new FoldedTransform(transform, [], result, layer.Kernel * layer.Kernel, transform.Terms.Count);

        double[] Values(int channel, int ky, int kx)
        {
            var values = new double[slots];
            for (var slot = 0; slot < slots; slot++)
                if (result[slot] != SlotMap.Empty) values[slot] = layer.Weight(firstMap + slot / block % maps, channel, ky, kx);
            return values;
        }
    }
}
