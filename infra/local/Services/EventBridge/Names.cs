namespace Isobar.Local.Services.EventBridge;

/// <summary>Names and ARNs of buses and rules.</summary>
internal static class Names
{
    private const string Bus = "event-bus/";

    /// <summary>The name in an EventBusName parameter, which may also be an ARN; nothing is the default bus.</summary>
    public static string BusOf(string? nameOrArn)
    {
        if (string.IsNullOrEmpty(nameOrArn)) return EventBus.Default;
        return Arn.TryParse(nameOrArn) is { Service: "events" } arn && BusOf(arn) is { } name ? name : nameOrArn;
    }

    /// <returns>Null when the ARN is no bus's.</returns>
    public static string? BusOf(Arn arn) =>
        arn.Resource.StartsWith(Bus, StringComparison.Ordinal) ? arn.Resource[Bus.Length..] : null;

    public static string BusArn(string partition, string region, string accountId, string name) =>
        $"arn:{partition}:events:{region}:{accountId}:{Bus}{name}";

    public static string RuleArn(string partition, string region, string accountId, string bus, string name) =>
        $"arn:{partition}:events:{region}:{accountId}:rule/{(bus == EventBus.Default ? "" : bus + "/")}{name}";

    /// <summary>Checks a rule's name or a target's id: letters, digits, dots, hyphens and underscores.</summary>
    /// <param name="member">What errors call it.</param>
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public static string Check(
        string? name, string member, int maxLength = EventBridgeLimits.MaxNameLength, string also = "")
    {
        if (name is null) throw EventBridgeErrors.IsNull(member);
        if (name.Length == 0)
            throw EventBridgeErrors.Constraint(
                $"'{name}'", member, "Member must have length greater than or equal to 1");
        if (name.Length > maxLength)
        {
            throw EventBridgeErrors.Constraint(
                $"'{name}'", member, $"Member must have length less than or equal to {maxLength}");
        }

        return name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_'
            || also.Contains(character, StringComparison.Ordinal))
                ? name
                : throw EventBridgeErrors.Constraint($"'{name}'", member,
                    $"Member must satisfy regular expression pattern: [{also}\\.\\-_A-Za-z0-9]+");
    }
}
