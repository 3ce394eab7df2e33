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
        var exists = topics.Ask((state, _) => state.Exists(arn));
        foreach (var (attribute, value) in attributes) Check(attribute, value, exists);
        topics.Post((state, _) => state.Create(arn, attributes.GetValueOrDefault("DisplayName")));
        result.WriteElementString("TopicArn", arn);
    }

    /// <param name="exists">Whether the topic exists: it has the only value that is supported.</param>
    /// <exception cref="AwsException">InvalidParameter: what the attribute asks for is not done here, or not what the
    /// topic has.</exception>
    private static void Check(string attribute, string value, bool exists)
    {
        var isSupported = attribute switch
        {
            "DisplayName" => value.Length <= SnsLimits.MaxDisplayNameLength && !value.Any(char.IsControl),
            "FifoTopic" => value is "false",
            "SignatureVersion" => value is "1",
            "TracingConfig" => value is "PassThrough",
            _ => throw SnsErrors.InvalidParameter("Attributes", $"The attribute {attribute} is not supported"),
        };
        if (isSupported) return;
        throw exists
            ? SnsErrors.DifferentTopic()
            : SnsErrors.InvalidParameter("Attributes", $"{attribute}: Invalid value [{value}].");
    }
}
