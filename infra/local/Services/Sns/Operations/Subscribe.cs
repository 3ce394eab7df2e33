using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Subscribes a function or a queue; the subscription is confirmed at once.</summary>
/// <remarks>Source: Amazon SNS API Reference, Subscribe.</remarks>
internal static class Subscribe
{
    /// <exception cref="AwsException">InvalidParameter, NotFound, SubscriptionLimitExceeded.</exception>
    public static void Handle(
        Monitor<SnsState> topics, Identifiers identifiers, QueryParameters parameters, CallScope scope,
        XmlWriter result)
    {
        var arn = parameters.Text("TopicArn");
        var protocol = parameters.Text("Protocol");
        var endpoint = parameters.Text("Endpoint");
        var attributes = parameters.TextEntries("Attributes");
        // Every subscription is confirmed at once, so its ARN is always returned.
        parameters.Optional("ReturnSubscriptionArn");
        parameters.RefuseOthers();
        var topic = Arns.Topic(arn, "TopicArn", scope.Region);
        if (protocol is null) throw SnsErrors.MemberIsNull("protocol");
        // AWS looks for the topic before it checks endpoint and attributes.
        topics.Ask((state, _) => state.View(topic));
        var target = ReadEndpoint(protocol, endpoint ?? "");
        var subscription = topics.Ask((state, _) => state.Subscribe(topic, protocol, target,
            settings => SubscriptionAttributes.Change(settings, attributes, protocol, SubscriptionAttributes.OneOfMany),
            identifiers.NewGuid()));
        result.WriteElementString("SubscriptionArn", subscription);
    }

    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static Arn ReadEndpoint(string protocol, string endpoint)
    {
        if (protocol is not (Subscription.Lambda or Subscription.Sqs))
            throw SnsErrors.InvalidParameter($"Amazon SNS does not support this protocol string: {protocol}");
        if (Arn.TryParse(endpoint) is not { Resource.Length: > 0 } target || target.Service != protocol)
            throw SnsErrors.InvalidParameter(protocol == Subscription.Sqs ? "SQS endpoint ARN" : "Lambda endpoint ARN");
        return !target.Resource.EndsWith(".fifo", StringComparison.Ordinal)
            ? target
            : throw SnsErrors.InvalidParameter("Invalid parameter: Endpoint Reason: "
                + "FIFO SQS Queues can not be subscribed to standard SNS topics");
    }
}
