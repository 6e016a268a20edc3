using System.Numerics;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Homomorphic.Tests.Circuits.Networks;

/// <summary>How far a network's results through an evaluator are from the float ones.</summary>
/// <param name="Images">Compared.</param>
/// <param name="SameClass">Images with the same highest logit.</param>
/// <param name="RmsError">Over all logits.</param>
/// <param name="WidestMissed">The largest distance of the two highest float logits among images of another class.</param>
public sealed record NetworkAgreement(int Images, int SameClass, double RmsError, double WidestMissed)
{
    public static NetworkAgreement Of<TCiphertext, TPlaintext, TTransform>(
        TrainedNetwork network, int images, NetworkExecutor<TCiphertext, TPlaintext, TTransform> executor,
        Func<double[], TCiphertext> encrypt, Func<TCiphertext, Complex[]> decrypt)
        where TCiphertext : class, ICkksCiphertext
        where TPlaintext : class, ICkksValue
        where TTransform : class, ICkksValue
    {
        var (same, squares, missed) = (0, 0.0, 0.0);
        for (var i = 0; i < images; i++)
        {
            var request = executor.Plan.Pack(network.Images[i]).Select(encrypt).ToArray();
            var reply = executor.Run(request);
            var logits = executor.Plan.Unpack([.. reply.Select(part => decrypt(part).Select(slot => slot.Real).ToArray())]);
            foreach (var value in request.Concat(reply)) value.Dispose();
            squares += logits.Zip(network.Logits[i], (ours, theirs) => (ours - theirs) * (ours - theirs)).Sum();
            if (Class(logits) == Class(network.Logits[i])) same++;
            else missed = Math.Max(missed, Margin(network.Logits[i]));
        }
        return new NetworkAgreement(images, same, Math.Sqrt(squares / (images * network.Logits[0].Length)), missed);
    }

    private static double Margin(double[] logits) => logits.Max() - logits.Order().ElementAt(logits.Length - 2);

    private static int Class(double[] logits) => Array.IndexOf(logits, logits.Max());
}
