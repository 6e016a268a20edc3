using AIaaS.Pipeline.Problems;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace AIaaS.Functions.Hosting;

/// <summary>How often the sweeps run and what they leave to their events.</summary>
/// <param name="MinimumAge">Setting SweepMinimumAge, default one minute: younger drops are not looked at.</param>
public sealed record Sweeping(TimeSpan MinimumAge)
{
    /// <summary>The app setting with the schedule (NCRONTAB or a time span).</summary>
    public const string Schedule = "%SweepSchedule%";

    private const string MinimumAgeSetting = "SweepMinimumAge";

    /// <summary>Below every other source, so that any setting wins. In Azure the host reads the schedule from the app settings, where Bicep puts it.</summary>
    public static void AddDefaults(IConfigurationBuilder configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = [new(Schedule.Trim('%'), "0 */2 * * * *"), new(MinimumAgeSetting, "00:01:00")],
    });

    /// <exception cref="PipelineException">InvalidRequest: the setting is no time span.</exception>
    public static Sweeping From(IConfiguration configuration) =>
        TimeSpan.TryParse(configuration[MinimumAgeSetting], out var age) && age >= TimeSpan.Zero
            ? new Sweeping(age)
            : throw new PipelineException(ProblemCodes.InvalidRequest, $"The setting {MinimumAgeSetting} must be a time span such as 00:01:00.");
}
