using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using NCrontab;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>When a timer is due: an NCRONTAB expression in UTC, or a constant time span.</summary>
internal sealed class TimerSchedule
{
    private const int FieldsWithSeconds = 6;

    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _span;

    /// <exception cref="FunctionsStartupException">The text is neither.</exception>
    public TimerSchedule(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _span))
        {
            if (_span < TimeSpan.FromSeconds(1)) throw new FunctionsStartupException($"schedule '{text}' is shorter than a second.");
            return;
        }
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        _cron = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == FieldsWithSeconds })
            ?? throw new FunctionsStartupException(
                $"schedule '{text}' is no NCRONTAB expression. Give 6 fields, '{{second}} {{minute}} {{hour}} {{day}} {{month}} {{day of week}}', or 5 without seconds, for instance '0 */5 * * * *'.");
    }

    /// <summary>The first time after <paramref name="time"/>; UTC.</summary>
    public DateTime After(DateTime time) => DateTime.SpecifyKind(_cron?.GetNextOccurrence(time) ?? time + _span, DateTimeKind.Utc);
}
