using System.Text.Json;
using Isobar.Local.Patterns;

namespace Isobar.Local.Services.Sns;

/// <summary>Which messages a subscription receives.</summary>
/// <param name="Text">As it was given.</param>
internal sealed record FilterPolicy(string Text, EventPattern Pattern)
{
    /// <summary>Reads a policy.</summary>
    /// <param name="prefix">What stands before the attribute's name in errors.</param>
    /// <exception cref="Wire.AwsException">InvalidParameter.</exception>
    public static FilterPolicy Read(string text, string prefix)
    {
        try
        {
            var pattern = EventPattern.Read(text, PatternDialect.FilterPolicy);
            if (pattern.KeyCount > SnsLimits.MaxFilterKeys) throw Bad("Filter policy can not have more than 5 keys");
            if (pattern.Combinations > SnsLimits.MaxFilterCombinations) throw Bad("Filter policy is too complex");
            return new FilterPolicy(text, pattern);
        }
        catch (PatternException e)
        {
            throw SnsErrors.BadDocument(prefix, SubscriptionAttributes.FilterPolicy, e);
        }

        Wire.AwsException Bad(string fault) =>
            SnsErrors.InvalidParameter($"{prefix}{SubscriptionAttributes.FilterPolicy}: {fault}");
    }

    /// <summary>Whether a message's attributes match.</summary>
    public bool MatchesAttributes(Notification notification)
    {
        using var document = JsonDocument.Parse(notification.AttributesForFilters());
        return Pattern.Matches(document.RootElement);
    }

    /// <summary>Whether a message matches; what is no JSON object never does.</summary>
    public bool MatchesBody(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object && Pattern.Matches(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
