namespace Isobar.Local.Deployment;

/// <summary>A setting of the template that changes nothing locally; the host prints them at its start.</summary>
/// <param name="Property">Its path within the resource, or the resource's type when all of it is inert.</param>
/// <param name="Why">A clause that completes "changes nothing locally: …".</param>
internal sealed record InertSetting(SourceLocation Location, string LogicalId, string Property, string Why)
{
    // Resources named on a line; more are only counted.
    private const int MaxNamed = 2;

    public override string ToString() => $"{Location}: {LogicalId}: {Property} changes nothing locally: {Why}";

    /// <summary>One line for each reason, with its properties.</summary>
    public static IEnumerable<string> ByReason(IEnumerable<InertSetting> settings) =>
        from setting in settings
        group setting by setting.Why into reason
        orderby reason.Key
        select $"{reason.Key}: {string.Join(", ", reason.GroupBy(setting => setting.Property).Select(Properties))}";

    private static string Properties(IGrouping<string, InertSetting> property)
    {
        string[] resources = [.. property.Select(setting => setting.LogicalId).Distinct()];
        return resources.Length > MaxNamed
            ? $"{property.Key} of {resources.Length} resources"
            : $"{property.Key} of {string.Join(" and ", resources)}";
    }
}
