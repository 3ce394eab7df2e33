using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Lists the topics, 100 at a time.</summary>
/// <remarks>Source: Amazon SNS API Reference, ListTopics.</remarks>
internal static class ListTopics
{
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, XmlWriter result)
    {
        var token = parameters.Optional("NextToken");
        parameters.RefuseOthers();
        var all = topics.Ask((state, _) => state.Topics.ToList());
        Page.Write(result, "Topics", all, arn => arn, token, arn => result.WriteElementString("TopicArn", arn));
    }
}
