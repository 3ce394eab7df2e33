namespace Isobar.Local.Services.EventBridge;

/// <summary>One event on its way to one target of a rule.</summary>
internal sealed class RuleDelivery : OutgoingDelivery
{
    public required RuleTarget To { private get; init; }

    public override TimeSpan? Pause(int attempts, TimeSpan age)
    {
        if (attempts > To.MaxRetryAttempts) return null;
        var pause = EventBridgeLimits.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 20));
        if (pause > EventBridgeLimits.LongestPause) pause = EventBridgeLimits.LongestPause;
        return age + pause <= To.MaxEventAge ? pause : null;
    }

    /// <remarks>Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered
    /// events".</remarks>
    public override DeadLetter? DeadLetter(DeliveryFailure failure)
    {
        if (To.DeadLetterQueue is not { } queue) return null;
        var attributes = new Dictionary<string, TargetAttribute>
        {
            ["RULE_ARN"] = TargetAttribute.Text(Event.From.Arn),
            ["TARGET_ARN"] = TargetAttribute.Text(Target.ToString()),
            ["ERROR_CODE"] = TargetAttribute.Text(failure.Code),
            ["ERROR_MESSAGE"] = TargetAttribute.Text(failure.Message.Length > 0 ? failure.Message : failure.Code),
        };
        if (!failure.IsPermanent)
        {
            attributes["EXHAUSTED_RETRY_CONDITION"] = TargetAttribute.Text(
                Attempts > To.MaxRetryAttempts ? "MaximumRetryAttempts" : "MaximumEventAgeInSeconds");
            attributes["RETRY_ATTEMPTS"] = TargetAttribute.Number(Attempts - 1);
        }

        return new DeadLetter(queue, Event with { Attributes = attributes, MessageGroupId = null });
    }
}
