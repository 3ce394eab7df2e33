using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.Sns;

/// <summary>What SNS adds to templates.</summary>
internal static class SnsTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::SNS::TopicPolicy", null, InertType.NoPermissions, "PolicyDocument", "Topics")
            {
                Attributes = resource => new() { ["Id"] = resource.Name },
            },
        ],
        Events = [new("SNS", Expand)],
        Destinations =
        [
            new("SNS", (at, topic) => at.List(SamDestination.Statement(at, "sns:publish", topic)))
            {
                Made = new("Topic", TopicProvider.TopicType, Attribute: null),
                DeadLetterAction = "sns:Publish",
            },
        ],
        PolicyTemplates =
        [
            new("SNSPublishMessagePolicy", "TopicName", ["sns:Publish"],
                [PolicyTemplate.Regional("sns", "${topicName}")], ResourceIsList: false),
        ],
    };

    private static void Expand(SamEvent declared)
    {
        declared.Reader.OnlyKeys(
            declared.Properties, "Topic", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy");
        if (declared.Value("Topic") is not { } topic)
        {
            declared.Fail("an SNS event must have a Topic");
            return;
        }

        declared.AddPermission("sns.amazonaws.com", ("SourceArn", topic));
        declared.Add(declared.LogicalId, TopicProvider.SubscriptionType, declared.At.Map(
            ("Endpoint", declared.FunctionArn),
            ("Protocol", declared.At.Text(Subscription.Lambda)),
            ("TopicArn", topic),
            ("FilterPolicy", declared.Value("FilterPolicy")),
            ("FilterPolicyScope", declared.Value("FilterPolicyScope")),
            ("RedrivePolicy", declared.Value("RedrivePolicy"))));
    }
}
