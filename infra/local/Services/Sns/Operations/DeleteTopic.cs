using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Deletes a topic and its subscriptions; deleting it again is a success too.</summary>
/// <remarks>Source: Amazon SNS API Reference, DeleteTopic.</remarks>
internal static class DeleteTopic
{
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var arn = parameters.Text("TopicArn");
        parameters.RefuseOthers();
        var topic = Arns.Topic(arn, "TopicArn", scope.Region);
        topics.Post((state, _) => state.Delete(topic));
    }
}
