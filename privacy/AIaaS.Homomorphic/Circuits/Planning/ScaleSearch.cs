using AIaaS.Homomorphic.Circuits.Networks;

namespace AIaaS.Homomorphic.Circuits.Planning;

/// <summary>Chooses input scale, plaintext scales and prime sizes: what overflows nowhere, is about as precise as can be, and takes the fewest bytes to send.</summary>
/// <remarks>
/// Rescaling is lazy. A value of scale a enters a square without a rescale after the plaintext product; the square of scale 2a is rescaled once;
/// the last product is never rescaled. So each square costs one prime. What must hold: 2 a + 2 log2(range) + 1 below the modulus at a square,
/// a + log2(range) + 1 at the end; coefficients are never larger than the largest slot.
/// </remarks>
internal sealed class ScaleSearch(IReadOnlyList<LayerProfile> layers, PlannerOptions options)
{
    private static readonly int[] WeightChoices = [.. Enumerable.Range(8, 15)];

    private int MaxLevel => layers.Count - 1;

    /// <param name="candidates">Prime sizes.</param>
    /// <param name="wire">What is sent; null where only precision counts.</param>
    /// <exception cref="PlanRefusedException">There is none; the message says what is missing.</exception>
    public ScalePlan Run(IReadOnlyList<ModulusBits> candidates, WireBits? wire = null)
    {
        var plans = new List<ScalePlan>();
        var inputChoices = options.InputScaleBits is { } bits ? [bits] : Enumerable.Range(18, 10).ToArray();
        foreach (var modulus in candidates)
        {
            ScalePlan? ofModulus = null;
            foreach (var input in inputChoices)
                Descend(modulus, input, ScaleState.Fresh(modulus.Degree, input), [], ref ofModulus);
            if (ofModulus is not null) plans.Add(ofModulus);
        }
        if (plans.MinBy(plan => plan.Error) is not { } best) throw new PlanRefusedException(Missing(candidates[0], inputChoices[0]));
        var allowed = Math.Min(options.MaxError, (wire?.ErrorAllowed(Math.Max(1, options.ErrorForBytes)) ?? 1) * best.Error);
        return best.Error <= options.MaxError ? (wire is null ? best : plans.Where(plan => plan.Error <= allowed).MinBy(plan => wire.Of(plan.Modulus))!) : throw new PlanRefusedException(
            $"The predicted error of an output is {best.Error:G3}, more than the {options.MaxError:G3} allowed, even at the best scales found: "
            + $"input 2^{best.InputBits}, weights {string.Join(", ", best.WeightBits.Select(bits => $"2^{bits}"))}, primes of {Sizes(best.Modulus)} bits. "
            + "A rotation of the input adds key-switching noise at the input's scale: take an input scale of at least 2^22 and a special prime larger than the others, or a larger degree with larger primes.");
    }

    private int[] Choices(int layer) => options.WeightScaleBits is { } fixedBits ? [fixedBits[layer]] : WeightChoices;

    private void Descend(ModulusBits modulus, int input, ScaleState state, List<int> weights, ref ScalePlan? best)
    {
        var index = weights.Count;
        var level = MaxLevel - index;
        foreach (var bits in Choices(index))
        {
            var layer = layers[index];
            var next = state.Linear(layer, modulus, level, bits);
            if (Excess(layer, next, modulus, level) > 0) break;
            weights.Add(bits);
            if (level > 0)
            {
                var squared = next.Square(layer, modulus, level);
                if (squared.ScaleBits > 1) Descend(modulus, input, squared, weights, ref best);
            }
            else
            {
                var hiding = RandomFillBounds.HidingBits(RandomFillBounds.Amplitude(modulus.Degree, modulus.UpTo(0), next.ScaleBits, layer.MaxAbs), layer.MaxAbs);
                var error = Math.Sqrt(next.Variance);
                if (hiding >= options.MinHidingBits && (best is null || error < best.Error)) best = new ScalePlan(input, [.. weights], modulus, error, hiding);
            }
            weights.RemoveAt(index);
        }
    }

    // Bits beyond the modulus; a thousandth of a bit is kept for primes that are a little less than a power of two.
    private static double Excess(LayerProfile layer, ScaleState state, ModulusBits modulus, int level)
    {
        var bits = state.ScaleBits + Math.Log2(layer.MaxAbs);
        return (level > 0 ? 2 * bits : bits) + 1.001 - modulus.UpTo(level);
    }

    private string Missing(ModulusBits modulus, int input)
    {
        var state = ScaleState.Fresh(modulus.Degree, input);
        for (var index = 0; index <= MaxLevel; index++)
        {
            var (level, layer) = (MaxLevel - index, layers[index]);
            state = state.Linear(layer, modulus, level, Choices(index)[0]);
            if (Excess(layer, state, modulus, level) is > 0 and var excess)
                return $"Linear layer {index + 1} overflows: outputs up to {layer.MaxAbs:G4} at scale 2^{state.ScaleBits:F0} need {excess + modulus.UpTo(level):F1} bits"
                    + $"{(level > 0 ? " once squared" : "")}, and level {level} has {modulus.UpTo(level):F1} ({Sizes(modulus)} bits of primes). "
                    + "Train for smaller ranges, give measured ranges, or allow a larger degree or larger primes.";
            if (level > 0) state = state.Square(layer, modulus, level);
            if (level > 0 && state.ScaleBits <= 1) return $"After square {index + 1} nothing is left of the scale (2^{state.ScaleBits:F1}). Take a larger input scale or smaller primes.";
        }
        var range = layers[^1].MaxAbs;
        var hiding = RandomFillBounds.HidingBits(RandomFillBounds.Amplitude(modulus.Degree, modulus.UpTo(0), state.ScaleBits, range), range);
        return $"The reply's random fill would hide only {hiding:F1} bits a slot, {options.MinHidingBits:F1} are asked for: the first prime has {modulus.UpTo(0):F1} bits, the reply's scale is at least 2^{state.ScaleBits:F1}, results reach {range:G4}. "
            + "Take a larger first prime, smaller scales or fewer hiding bits.";
    }

    private static string Sizes(ModulusBits modulus) => $"{string.Join(", ", modulus.Bits.Select(bits => $"{bits:F0}"))} + {modulus.Special:F0}";
}
