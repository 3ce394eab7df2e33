namespace Isobar.Local.Services.S3.Notifications;

/// <summary>Who hears of the changes of a bucket.</summary>
/// <param name="TellsEventBridge">Whether every event goes to the default event bus of the bucket's Region.</param>
internal sealed record NotificationConfiguration(IReadOnlyList<NotificationRule> Rules, bool TellsEventBridge)
{
    public static NotificationConfiguration None { get; } = new([], false);

    /// <summary>Validates the rules together.</summary>
    /// <exception cref="Wire.AwsException">As <see cref="NotificationRule.Validate"/>.</exception>
    public NotificationConfiguration Validated()
    {
        NotificationRule.Validate(Rules);
        return this;
    }
}
