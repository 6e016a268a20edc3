using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker;

internal sealed class TimerTrigger : Trigger
{
    /// <exception cref="FunctionsStartupException">The schedule or a setting is wrong.</exception>
    public TimerTrigger(TimerTriggerAttribute attribute, IConfiguration configuration)
    {
        Schedule = new TimerSchedule(SettingReferences.Resolve(attribute.Schedule, configuration));
        UseMonitor = attribute.UseMonitor;
        RunOnStartup = attribute.RunOnStartup;
        ConnectionSettings.Find(configuration, ConnectionSettings.Storage, "accountName");
    }

    public TimerSchedule Schedule { get; }

    public bool UseMonitor { get; }

    public bool RunOnStartup { get; }

    public override string SupportedParameters => "TimerInfo";

    public override Expression? Bind(ParameterInfo parameter, ParameterExpression context) => parameter.ParameterType == typeof(TimerInfo)
        ? Expression.Property(Expression.Convert(context, typeof(TimerInvocationContext)), nameof(TimerInvocationContext.Timer))
        : null;
}
