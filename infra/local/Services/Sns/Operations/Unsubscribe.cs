using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Ends a subscription; one that does not exist has ended.</summary>
/// <remarks>Source: Amazon SNS API Reference, Unsubscribe.</remarks>
internal static class Unsubscribe
{
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, XmlWriter result)
    {
        var arn = parameters.Text("SubscriptionArn");
        parameters.RefuseOthers();
        var subscription = Arns.Subscription(arn);
        topics.Post((state, _) => state.Unsubscribe(subscription));
    }
}
