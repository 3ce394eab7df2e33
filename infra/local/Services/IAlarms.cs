namespace Isobar.Local.Services;

/// <summary>A CloudWatch alarm's state.</summary>
internal enum AlarmState
{
    /// <summary><c>INSUFFICIENT_DATA</c>: every new alarm begins here.</summary>
    InsufficientData,

    /// <summary><c>OK</c>.</summary>
    Ok,

    /// <summary><c>ALARM</c>.</summary>
    Alarm,
}

/// <summary>An alarm on one metric.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, PutMetricAlarm, whose members these are.</remarks>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="Metric">What it watches.</param>
/// <param name="Statistic">
/// <c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c>, <c>Maximum</c>, or a percentile: <c>p99</c>.
/// </param>
/// <param name="Period">10 s, 20 s, 30 s, or a multiple of 60 s.</param>
/// <param name="EvaluationPeriods">How many periods it looks at.</param>
/// <param name="ComparisonOperator"><c>GreaterThanThreshold</c>, …</param>
internal sealed record AlarmDefinition(
    string Name, Metric Metric, string Statistic, TimeSpan Period, int EvaluationPeriods, double Threshold,
    string ComparisonOperator)
{
    public string? Description { get; init; }

    /// <summary>How many of the periods must be breaching; at most <see cref="EvaluationPeriods"/>.</summary>
    public int DatapointsToAlarm { get; init; } = EvaluationPeriods;

    /// <summary>
    /// <c>breaching</c>, <c>notBreaching</c>, <c>ignore</c> or <c>missing</c>, which is also what null means.
    /// </summary>
    public string? TreatMissingData { get; init; }

    /// <summary><c>evaluate</c> or <c>ignore</c>, for percentiles; null for none.</summary>
    public string? EvaluateLowSampleCountPercentile { get; init; }

    /// <summary>Only data of this unit count; null for data of any.</summary>
    public string? Unit { get; init; }

    public bool ActionsEnabled { get; init; } = true;

    /// <summary>ARNs, five at most in each list.</summary>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<string> OkActions { get; init; } = [];

    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>What an alarm is and where it stands.</summary>
/// <param name="Reason">Why it has its state, in AWS's words.</param>
/// <param name="StateUpdated">When the state, or its reason, was last set.</param>
internal sealed record AlarmStatus(
    Arn Alarm, AlarmDefinition Definition, AlarmState State, string Reason, DateTimeOffset StateUpdated);

/// <summary>An alarm has changed its state, or, for an action that repeats, is still in it.</summary>
/// <param name="Alarm">The alarm as it is now.</param>
/// <param name="OldState">The state before; the same state when an action is repeated.</param>
/// <param name="Value">The metric's newest value that was looked at; null without data.</param>
internal sealed record AlarmStateChange(
    AlarmStatus Alarm, AlarmState OldState, double? Value, DateTimeOffset Time)
{
    public AlarmState NewState => Alarm.State;

    /// <summary>The end of the period that the value is of: before <see cref="Time"/> where newer data are missing.
    /// </summary>
    public DateTimeOffset ValueEnd { get; init; } = Time;

    /// <summary>JSON with what was looked at; null when a caller set the state.</summary>
    public string? ReasonData { get; init; }
}

/// <summary>The alarms of CloudWatch, for services that make or watch them. It is found by an alarm's ARN.</summary>
internal interface IAlarms : IServiceRole
{
    /// <summary>Makes an alarm, or changes the one with its name; its state stays.</summary>
    /// <exception cref="Wire.AwsException">What PutMetricAlarm answers: ValidationError, LimitExceeded.</exception>
    void Put(Arn alarm, AlarmDefinition definition);

    /// <summary>Deletes an alarm; nothing happens when there is none.</summary>
    void Delete(Arn alarm);

    /// <returns>Null when there is no such alarm.</returns>
    AlarmStatus? Find(Arn alarm);

    /// <summary>
    /// Tells of every change of an alarm's state from now on, until the result is disposed. The listener is called
    /// outside all locks and as counted work, so a jump of the clock waits for it; it should return soon.
    /// </summary>
    IDisposable Watch(Action<AlarmStateChange> listener);
}

/// <summary>
/// A resource that an alarm's action names by ARN, such as a scaling policy. Topics, and whatever else takes events,
/// need only be an <see cref="ITarget"/>.
/// </summary>
internal interface IAlarmAction : IServiceRole
{
    /// <summary>
    /// Whether the action is performed again each minute while the alarm keeps the state.
    /// </summary>
    /// <remarks>
    /// Source: Amazon CloudWatch User Guide, "Alarm actions": actions of Auto Scaling are.
    /// </remarks>
    bool Repeats { get; }

    /// <summary>Performs the action. It is counted work, so a jump of the clock waits for it.</summary>
    /// <exception cref="Wire.AwsException">It could not be performed; the alarm's history says so.</exception>
    ValueTask ActAsync(Arn action, AlarmStateChange change, CancellationToken cancellationToken);
}
