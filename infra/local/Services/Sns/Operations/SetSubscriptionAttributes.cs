using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Changes one attribute of a subscription; an empty value removes a policy.</summary>
/// <remarks>Source: Amazon SNS API Reference, SetSubscriptionAttributes.</remarks>
internal static class SetSubscriptionAttributes
{
    /// <exception cref="AwsException">InvalidParameter, NotFound, FilterPolicyLimitExceeded.</exception>
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, XmlWriter result)
    {
        var arn = parameters.Text("SubscriptionArn");
        var name = parameters.Text("AttributeName");
        var value = parameters.Text("AttributeValue") ?? "";
        parameters.RefuseOthers();
        var named = Arns.Subscription(arn);
        if (name is null) throw SnsErrors.MemberIsNull("attributeName");
        var given = new Dictionary<string, string> { [name] = value };
        topics.Post((state, _) => state.Change(named, subscription =>
            SubscriptionAttributes.Change(subscription.Settings, given, subscription.Protocol, prefix: "")));
    }
}
