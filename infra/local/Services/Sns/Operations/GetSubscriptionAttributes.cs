using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Shows a subscription.</summary>
/// <remarks>Source: Amazon SNS API Reference, GetSubscriptionAttributes.</remarks>
internal static class GetSubscriptionAttributes
{
    /// <exception cref="AwsException">InvalidParameter, NotFound.</exception>
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var arn = parameters.Text("SubscriptionArn");
        parameters.RefuseOthers();
        var named = Arns.Subscription(arn);
        var subscription = topics.Ask((state, _) => state.Subscription(named));
        AttributeEntries.Write(result, SubscriptionAttributes.Write(subscription, scope.AccountId));
    }
}
