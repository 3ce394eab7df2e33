using System.Text.Json;
using Isobar.Local.Patterns;

namespace Isobar.Local.Services.Sns;

/// <summary>The attributes of subscriptions as text, to settings and back.</summary>
/// <remarks>Source: Amazon SNS API Reference, Subscribe, SetSubscriptionAttributes.</remarks>
internal static class SubscriptionAttributes
{
    public const string FilterPolicy = "FilterPolicy";
    public const string FilterPolicyScope = "FilterPolicyScope";
    public const string RawMessageDelivery = "RawMessageDelivery";
    public const string RedrivePolicy = "RedrivePolicy";

    /// <summary>What errors of Subscribe put before an attribute's name.</summary>
    public const string OneOfMany = "Attributes Reason: ";

    private const string Body = "MessageBody";
    private const string Attributes = "MessageAttributes";

    /// <summary>Settings with some attributes changed.</summary>
    /// <param name="prefix"><see cref="OneOfMany"/>, or nothing where there is just one.</param>
    /// <exception cref="Wire.AwsException">InvalidParameter.</exception>
    public static SubscriptionSettings Change(
        SubscriptionSettings settings, IReadOnlyDictionary<string, string> given, string protocol, string prefix)
    {
        foreach (var (name, value) in given) settings = Change(settings, name, value, protocol, prefix);
        if (settings is { FiltersBody: false, Filter.Pattern.IsNested: true })
        {
            throw SnsErrors.InvalidParameter(
                $"{prefix}Filter policy scope MessageAttributes does not support nested filter policy");
        }

        return settings;
    }

    /// <summary>The attributes that are set, as they are shown.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(Subscription subscription, string accountId)
    {
        var settings = subscription.Settings;
        yield return new("ConfirmationWasAuthenticated", "true");
        yield return new("Endpoint", subscription.Endpoint.ToString());
        if (settings.Filter is { } filter)
        {
            yield return new(FilterPolicy, filter.Text);
            yield return new(FilterPolicyScope, settings.FiltersBody ? Body : Attributes);
        }

        yield return new("Owner", accountId);
        yield return new("PendingConfirmation", "false");
        yield return new("Protocol", subscription.Protocol);
        yield return new(RawMessageDelivery, settings.IsRaw ? "true" : "false");
        if (settings.RedrivePolicy is { } policy) yield return new(RedrivePolicy, policy);
        yield return new("SubscriptionArn", subscription.Arn);
        yield return new("SubscriptionPrincipal", $"arn:{subscription.Endpoint.Partition}:iam::{accountId}:root");
        yield return new("TopicArn", subscription.TopicArn);
    }

    private static SubscriptionSettings Change(
        SubscriptionSettings settings, string name, string value, string protocol, string prefix) => name switch
        {
            FilterPolicy => settings with
            {
                Filter = value.Length > 0 ? Sns.FilterPolicy.Read(value, prefix) : null,
            },
            FilterPolicyScope => settings with { FiltersBody = FiltersBody(value, prefix) },
            RawMessageDelivery => settings with { IsRaw = IsRaw(value, protocol, prefix) },
            RedrivePolicy when value.Length == 0 => settings with { RedrivePolicy = null, DeadLetterQueue = null },
            RedrivePolicy => settings with { RedrivePolicy = value, DeadLetterQueue = ReadQueue(value, prefix) },
            _ => throw SnsErrors.InvalidParameter(
                prefix.Length > 0 ? $"{prefix}Unknown attribute {name}" : "AttributeName"),
        };

    private static bool FiltersBody(string value, string prefix) => value switch
    {
        Body => true,
        Attributes => false,
        _ => throw SnsErrors.InvalidParameter(
            $"{prefix}{FilterPolicyScope}: Invalid value [{value}]. "
                + "Please use either MessageBody or MessageAttributes"),
    };

    private static bool IsRaw(string value, string protocol, string prefix)
    {
        var isRaw = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (!isRaw && !value.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            throw SnsErrors.InvalidParameter(
                $"{prefix}{RawMessageDelivery}: Invalid value [{value}]. Must be true or false.");
        }

        return !isRaw || protocol == Subscription.Sqs
            ? isRaw
            : throw SnsErrors.InvalidParameter($"{prefix}{RawMessageDelivery}: "
                + $"Delivery protocol [{protocol}] does not support raw message delivery.");
    }

    private static Arn ReadQueue(string text, string prefix)
    {
        try
        {
            JsonSyntax.Check(text);
        }
        catch (PatternException e)
        {
            throw SnsErrors.BadDocument(prefix, RedrivePolicy, e);
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("deadLetterTargetArn", out var target)
            && target.ValueKind == JsonValueKind.String
            && Arn.TryParse(target.ToString()) is { Service: "sqs", Resource.Length: > 0 } queue
                ? queue
                : throw SnsErrors.InvalidParameter($"{prefix}{RedrivePolicy}: deadLetterTargetArn is an invalid arn");
    }
}
