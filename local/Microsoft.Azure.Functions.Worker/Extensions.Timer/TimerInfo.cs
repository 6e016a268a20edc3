namespace Microsoft.Azure.Functions.Worker;

public class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when this run should have happened earlier, while no host was running.</summary>
    public bool IsPastDue { get; set; }
}
