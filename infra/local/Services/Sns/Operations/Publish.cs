using System.Xml;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Publishes a message to a topic.</summary>
/// <remarks>Source: Amazon SNS API Reference, Publish.</remarks>
internal static class Publish
{
    /// <exception cref="AwsException">InvalidParameter, ParameterValueInvalid, NotFound, Throttled.</exception>
    public static void Handle(Publisher publisher, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var topic = ReadTopic(parameters, scope);
        var draft = new MessageReader(parameters).Read();
        parameters.RefuseOthers();
        result.WriteElementString("MessageId", publisher.Publish(topic, [draft], scope.TraceHeader)[0]);
    }

    private static string ReadTopic(QueryParameters parameters, CallScope scope)
    {
        if (parameters.Text("PhoneNumber") is { } number)
            throw SnsErrors.InvalidParameter("PhoneNumber", $"{number} is not valid to publish to");
        if (parameters.Text("TopicArn") is { } topic) return Arns.Topic(topic, "TopicArn", scope.Region);
        var target = parameters.Text("TargetArn") ?? throw SnsErrors.NoValue("TopicArn or TargetArn");
        return !target.Contains(":endpoint/", StringComparison.Ordinal)
            ? Arns.Topic(target, "TargetArn", scope.Region)
            : throw SnsErrors.InvalidParameter("TargetArn", "No endpoint found for the target arn specified");
    }
}
