using AIaaS.Homomorphic.Circuits.Layouts;
using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Linear;

/// <summary>A strided convolution on the phases of an image: in each phase a step of the stride is one slot.</summary>
/// <remarks>
/// Phase (py, px) of a channel holds the padded image's pixels (py + stride y, px + stride x) on a grid as wide as all windows together.
/// A tap (ky, kx) of the kernel is the phase (ky mod stride, kx mod stride) rotated by (ky / stride) grid rows and kx / stride.
/// The grid is repeated in blocks; each block computes one map, so more maps cost nothing until the slots are full.
/// </remarks>
internal sealed record ConvolutionGeometry(TensorShape Input, ConvolutionLayer Layer)
{
    public TensorShape Output => Layer.OutputShape(Input);

    /// <summary>Most that a tap moves, in rows and in columns.</summary>
    public int Reach => (Layer.Kernel - 1) / Layer.Stride;

    public int GridWidth => Output.Width + Reach;

    public int GridSize => GridWidth * (Output.Height + Reach);

    /// <summary>Phases per channel and axis that some tap reads.</summary>
    public int PhasesPerAxis => Math.Min(Layer.Stride, Layer.Kernel);

    public int InputCount => Input.Channels * PhasesPerAxis * PhasesPerAxis;

    /// <summary>Which ciphertext a tap reads.</summary>
    public int InputOf(int channel, int ky, int kx) =>
        (channel * PhasesPerAxis + ky % Layer.Stride) * PhasesPerAxis + kx % Layer.Stride;

    /// <summary>The pixels of each input ciphertext, repeated in every block.</summary>
    public IReadOnlyList<SlotMap> Inputs(int slots, int block) =>
        [.. from channel in Enumerable.Range(0, Input.Channels)
            from py in Enumerable.Range(0, PhasesPerAxis)
            from px in Enumerable.Range(0, PhasesPerAxis)
            select SlotMap.Create(slots, slot => Pixel(channel, py, px, slot % block))];

    /// <summary>The convolution's outputs: map (slot / block) mod maps; empty where a window reaches beyond the grid or the slots.</summary>
    public SlotMap Outputs(int slots, int block, int firstMap, int maps) => SlotMap.Create(slots, slot =>
    {
        var (y, x) = (slot % block / GridWidth, slot % block % GridWidth);
        if (y >= Output.Height || x >= Output.Width || slot + Reach * (GridWidth + 1) >= slots) return SlotMap.Empty;
        return ((firstMap + slot / block % maps) * Output.Height + y) * Output.Width + x;
    });

    private int Pixel(int channel, int py, int px, int slot)
    {
        if (slot >= GridSize) return SlotMap.Empty;
        var y = py + slot / GridWidth * Layer.Stride - Layer.Padding;
        var x = px + slot % GridWidth * Layer.Stride - Layer.Padding;
        return y < 0 || x < 0 || y >= Input.Height || x >= Input.Width ? SlotMap.Empty : (channel * Input.Height + y) * Input.Width + x;
    }
}
