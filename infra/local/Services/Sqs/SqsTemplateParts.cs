using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.Sqs;

/// <summary>What SQS adds to templates.</summary>
internal static class SqsTemplateParts
{
    private static readonly string[] MappingProperties =
    [
        "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes", "FilterCriteria",
        "ScalingConfig", "MetricsConfig",
    ];

    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::SQS::QueuePolicy", null, InertType.NoPermissions, "PolicyDocument", "Queues")
            {
                Attributes = resource => new() { ["Id"] = resource.Name },
            },
        ],
        Events =
        [
            new("SQS", Expand)
            {
                ManagedPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
            },
        ],
        Destinations =
        [
            new("SQS", (at, queue) => at.List(SamDestination.Statement(at, "sqs:SendMessage", queue)))
            {
                Made = new("Queue", QueueProvider.Type, "Arn"),
                DeadLetterAction = "sqs:SendMessage",
            },
        ],
        PolicyTemplates =
        [
            Template("SQSSendMessagePolicy", "SendMessage*"),
            Template("SQSPollerPolicy", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessage",
                "DeleteMessageBatch", "GetQueueAttributes", "ReceiveMessage"),
        ],
    };

    private static void Expand(SamEvent declared)
    {
        declared.Reader.OnlyKeys(declared.Properties, ["Queue", .. MappingProperties]);
        if (declared.Value("Queue") is { } queue) declared.AddMapping(queue, MappingProperties);
        else declared.Fail("an SQS event must have a Queue");
    }

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "QueueName", [.. actions.Select(action => $"sqs:{action}")],
        [PolicyTemplate.Regional("sqs", "${queueName}")], ResourceIsList: false);
}
