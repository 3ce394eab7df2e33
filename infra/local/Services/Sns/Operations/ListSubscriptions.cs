using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Lists subscriptions, 100 at a time: all of them, or those of one topic.</summary>
/// <remarks>Source: Amazon SNS API Reference, ListSubscriptions, ListSubscriptionsByTopic.</remarks>
internal static class ListSubscriptions
{
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var token = parameters.Optional("NextToken");
        parameters.RefuseOthers();
        Write(topics.Ask((state, _) => state.Subscriptions.ToList()), token, scope, result);
    }

    /// <exception cref="AwsException">InvalidParameter, NotFound.</exception>
    public static void HandleByTopic(
        Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var arn = parameters.Text("TopicArn");
        var token = parameters.Optional("NextToken");
        parameters.RefuseOthers();
        var topic = Arns.Topic(arn, "TopicArn", scope.Region);
        var subscriptions = topics.Ask((state, _) => state.SubscriptionsOf(topic));
        Write(subscriptions.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal), token, scope, result);
    }

    private static void Write(
        IEnumerable<Subscription> subscriptions, string? token, CallScope scope, XmlWriter result) =>
        Page.Write(result, "Subscriptions", subscriptions, subscription => subscription.Arn, token, subscription =>
        {
            result.WriteElementString("SubscriptionArn", subscription.Arn);
            result.WriteElementString("Owner", scope.AccountId);
            result.WriteElementString("Protocol", subscription.Protocol);
            result.WriteElementString("Endpoint", subscription.Endpoint.ToString());
            result.WriteElementString("TopicArn", subscription.TopicArn);
        });
}
