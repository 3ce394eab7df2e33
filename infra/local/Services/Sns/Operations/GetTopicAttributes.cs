using System.Globalization;
using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Shows a topic.</summary>
/// <remarks>Source: Amazon SNS API Reference, GetTopicAttributes.</remarks>
internal static class GetTopicAttributes
{
    /// <exception cref="AwsException">InvalidParameter, NotFound.</exception>
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var arn = parameters.Text("TopicArn");
        parameters.RefuseOthers();
        var topic = Arns.Topic(arn, "TopicArn", scope.Region);
        var view = topics.Ask((state, _) => state.View(topic));
        AttributeEntries.Write(result,
        [
            new("DisplayName", view.DisplayName),
            new("EffectiveDeliveryPolicy", TopicPolicies.Delivery),
            new("Owner", scope.AccountId),
            new("Policy", TopicPolicies.Access(view.Arn, scope.AccountId)),
            new("SubscriptionsConfirmed", view.Confirmed.ToString(CultureInfo.InvariantCulture)),
            new("SubscriptionsDeleted", view.Deleted.ToString(CultureInfo.InvariantCulture)),
            new("SubscriptionsPending", "0"),
            new("TopicArn", view.Arn),
        ]);
    }
}
