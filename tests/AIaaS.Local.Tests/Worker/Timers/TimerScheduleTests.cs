using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace AIaaS.Local.Tests.Worker.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2030-01-01T00:03:10Z", "2030-01-01T00:05:00Z")]
    [InlineData("*/5 * * * *", "2030-01-01T00:05:00Z", "2030-01-01T00:10:00Z")]
    [InlineData("*/10 * * * * *", "2030-01-01T00:00:10Z", "2030-01-01T00:00:20Z")]
    [InlineData("0 30 9 * * Mon-Fri", "2030-01-05T00:00:00Z", "2030-01-07T09:30:00Z")]
    [InlineData("00:00:30", "2030-01-01T00:00:01Z", "2030-01-01T00:00:31Z")]
    public void After_Time_IsTheNextOccurrenceInUtc(string schedule, string time, string expected)
    {
        var next = new TimerSchedule(schedule).After(Utc(time));
        next.ShouldBe(Utc(expected));
        next.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * *")]
    [InlineData("0 61 * * * *")]
    [InlineData("1 2 3 4 5 6 7")]
    [InlineData("00:00:00")]
    public void Schedule_Malformed_IsAFault(string schedule) =>
        Should.Throw<FunctionsStartupException>(() => new TimerSchedule(schedule)).Message.ShouldContain($"'{schedule}'");

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
