namespace Isobar.Local.Services.Sns;

/// <summary>A topic; part of the state.</summary>
internal sealed class Topic(string arn, string displayName)
{
    public string Arn { get; } = arn;

    public string DisplayName { get; set; } = displayName;

    /// <summary>In the order they were made.</summary>
    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>Subscriptions that were deleted.</summary>
    public int Deleted { get; set; }
}
