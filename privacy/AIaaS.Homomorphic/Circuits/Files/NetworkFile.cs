using System.Security.Cryptography;
using AIaaS.Homomorphic.Circuits.Networks;
using AIaaS.Homomorphic.Circuits.Planning;

namespace AIaaS.Homomorphic.Circuits.Files;

/// <summary>A network with the choices it is computed by on encrypted values: what lies beside a published model.</summary>
/// <remarks>
/// The plan is not stored but made again at reading, with parameters, scales and the search's result fixed, so that it takes no search. It depends on
/// integers and on IEEE additions, products and quotients alone, which are the same everywhere; its digest is in the file, and a
/// planner that lays the network out otherwise refuses the file instead of serving what clients' keys do not fit.
/// </remarks>
public sealed class NetworkFile
{
    private NetworkFile(NetworkDescription network, PlannerOptions options, NetworkPlan plan) => (Network, Options, Plan) = (network, options, plan);

    public NetworkDescription Network { get; }

    /// <summary>With <see cref="PlannerOptions.Parameters"/>, repetition, input scale and weight scales fixed.</summary>
    public PlannerOptions Options { get; }

    public NetworkPlan Plan { get; }

    /// <summary>Plans a network and fixes what was chosen.</summary>
    /// <exception cref="PlanRefusedException">No safe plan exists; the message has the numbers.</exception>
    /// <exception cref="HomomorphicException">The layers do not fit together or pass a limit.</exception>
    public static NetworkFile Create(NetworkDescription network, PlannerOptions? options = null, NetworkLimits? limits = null)
    {
        (limits ?? NetworkLimits.Default).Check(network);
        var free = NetworkPlanner.Plan(network, options);
        return Planned(network, (options ?? new PlannerOptions()) with
        {
            Degrees = [free.Parameters.Degree],
            Parameters = free.Parameters,
            Security = free.Parameters.Security,
            InputScaleBits = (int)Math.Log2(free.InputScale),
            Repetition = free.Repetition,
            WeightScaleBits = [.. free.Steps.OfType<LinearStep>().Select(step => (int)Math.Log2(step.PlaintextScale))],
        });
    }

    /// <summary>Reads a file from anybody: lengths are bounded before memory is taken, numbers are finite, sizes are within the limits.</summary>
    /// <exception cref="PlanDiffersException">Another version of the planner wrote it.</exception>
    /// <exception cref="NetworkFileException">It is damaged, of another version, too large, or no safe plan.</exception>
    public static NetworkFile Read(ReadOnlySpan<byte> file, NetworkLimits? limits = null)
    {
        limits ??= NetworkLimits.Default;
        try
        {
            var (network, options, digest) = NetworkFileReader.Read(file, limits);
            limits.Check(network);
            var read = Planned(network, options);
            return CryptographicOperations.FixedTimeEquals(PlanDigest.Of(read.Plan), digest) ? read : throw new PlanDiffersException(
                "The network file was written by a planner that lays the network out otherwise. Publish the model again with this version.");
        }
        catch (HomomorphicException exception) when (exception is not NetworkFileException)
        {
            throw new NetworkFileException($"The network file cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Equal networks and options give equal bytes.</summary>
    public byte[] ToBytes() => NetworkFileWriter.Write(Network, Options, PlanDigest.Of(Plan));

    private static NetworkFile Planned(NetworkDescription network, PlannerOptions options) => new(network, options, NetworkPlanner.Plan(network, options));
}
