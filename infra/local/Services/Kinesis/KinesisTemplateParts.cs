using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Services.Kinesis;

/// <summary>What Kinesis adds to templates.</summary>
internal static class KinesisTemplateParts
{
    private const string EventType = "Kinesis";

    private static readonly string Stream = PolicyTemplate.Regional("kinesis", "stream/${streamName}");

    public static TemplateParts Parts { get; } = new()
    {
        Events =
        [
            new(EventType, declared => StreamEvent.Expand(declared, EventType))
            {
                ManagedPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole",
            },
        ],
        PolicyTemplates =
        [
            Template("KinesisStreamReadPolicy", "DescribeStream", "DescribeStreamSummary", "GetRecords",
                "GetShardIterator") with
            {
                ActionsOnAny = ["kinesis:ListStreams", "kinesis:DescribeLimits"],
                ResourceOfAny = PolicyTemplate.Regional("kinesis", "stream/*"),
            },
            Template("KinesisCrudPolicy", "AddTagsToStream", "CreateStream", "DecreaseStreamRetentionPeriod",
                "DeleteStream", "DescribeStream", "DescribeStreamSummary", "GetShardIterator",
                "IncreaseStreamRetentionPeriod", "ListTagsForStream", "MergeShards", "PutRecord", "PutRecords",
                "SplitShard", "RemoveTagsFromStream"),
        ],
    };

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "StreamName", [.. actions.Select(action => $"kinesis:{action}")], [Stream], ResourceIsList: false);
}
