namespace Isobar.Local.Services.S3.Notifications;

/// <summary>One configuration of a bucket's notifications: which events of which keys go to which function.</summary>
/// <param name="Events">As configured: <c>s3:ObjectCreated:*</c>, <c>s3:ObjectRemoved:Delete</c> …</param>
/// <param name="Prefix">Empty matches every key, and so does an empty suffix.</param>
internal sealed record NotificationRule(
    string Id, string Target, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    private static readonly string[] Known =
    [
        "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
        "s3:ObjectCreated:CompleteMultipartUpload", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
    ];

    // AWS has these too; here nothing happens that could cause one.
    private static readonly string[] NotBuilt =
    [
        "s3:TestEvent", "s3:ReducedRedundancyLostObject", "s3:ObjectRestore:", "s3:Replication:",
            "s3:LifecycleTransition",
        "s3:IntelligentTiering", "s3:ObjectTagging:", "s3:LifecycleExpiration:", "s3:ObjectAcl:Put",
            "s3:ObjectAnnotation:",
    ];

    /// <param name="eventName">Without the <c>s3:</c> of configurations: <c>ObjectCreated:Put</c>.</param>
    public bool Matches(string eventName, string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(Suffix, StringComparison.Ordinal)
        && Events.Any(configured => Expand(configured).Contains("s3:" + eventName));

    /// <summary>Validates the rules of a bucket together.</summary>
    /// <exception cref="Wire.AwsException">InvalidArgument: an unknown event, too many rules, or two rules that could
    /// both
    /// match an event. NotImplemented: an event that AWS knows and this host never has.</exception>
    public static void Validate(IReadOnlyList<NotificationRule> rules)
    {
        if (rules.Count > S3Limits.MaxNotificationRules)
            throw S3Errors.InvalidArgument("Too many notification configurations.", "NotificationConfiguration", null);
        foreach (var configured in rules.SelectMany(rule => rule.Events))
        {
            if (Expand(configured).Count > 0) continue;
            if (NotBuilt.Any(known => configured.StartsWith(known, StringComparison.Ordinal)))
                throw S3Errors.NotImplemented("Event", configured);
            throw S3Errors.InvalidArgument("A specified event is not supported for notifications.", "Event",
                configured);
        }

        for (var i = 0; i < rules.Count; i++)
            for (var j = 0; j < i; j++)
                if (rules[i].Overlaps(rules[j]))
                    throw S3Errors.InvalidArgument(
                        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the "
                        + "prefixes are overlapping for the same event type.", "Filter", rules[i].Id);
    }

    private static HashSet<string> Expand(string configured) =>
        [.. Known.Where(known => configured == known
            || (configured.EndsWith(":*", StringComparison.Ordinal)
                && known.StartsWith(configured[..^1], StringComparison.Ordinal)))];

    private bool Overlaps(NotificationRule other) =>
        (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal)
            || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal)
            || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal))
        && Events.SelectMany(Expand).Intersect(other.Events.SelectMany(Expand)).Any();
}
