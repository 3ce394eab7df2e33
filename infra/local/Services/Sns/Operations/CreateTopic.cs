using System.Xml;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Creates a standard topic, or finds the one with the same name and attributes.</summary>
/// <remarks>Source: Amazon SNS API Reference, CreateTopic.</remarks>
internal static class CreateTopic
{
    /// <exception cref="AwsException">InvalidParameter, TopicLimitExceeded.</exception>
    public static void Handle(Monitor<SnsState> topics, QueryParameters parameters, CallScope scope, XmlWriter result)
    {
        var name = parameters.Text("Name");
        var attributes = parameters.TextEntries("Attributes");
        parameters.RefuseOthers();
        if (attributes.GetValueOrDefault("FifoTopic") is "true")
        {
            throw name?.EndsWith(".fifo", StringComparison.Ordinal) is true
                ? SnsErrors.InvalidParameter("Attributes", "FIFO topics are not supported")
                : SnsErrors.InvalidParameter("Topic Name");
        }

        var arn = new Arn("aws", "sns", scope.Region, scope.AccountId, Arns.TopicName(name)).ToString();
        foreach (var (attribute, value) in attributes) Check(attribute, value);
        topics.Post((state, _) => state.Create(arn, attributes.GetValueOrDefault("DisplayName")));
        result.WriteElementString("TopicArn", arn);
    }

    /// <exception cref="AwsException">InvalidParameter: what the attribute asks for is not done here.</exception>
    private static void Check(string attribute, string value)
    {
        var isSupported = attribute switch
        {
            "DisplayName" => value.Length <= SnsLimits.MaxDisplayNameLength && !value.Any(char.IsControl),
            "FifoTopic" => value is "false",
            "SignatureVersion" => value is "1",
            "TracingConfig" => value is "PassThrough",
            _ => throw SnsErrors.InvalidParameter("Attributes", $"The attribute {attribute} is not supported"),
        };
        if (!isSupported) throw SnsErrors.InvalidParameter("Attributes", $"{attribute}: Invalid value [{value}].");
    }
}
