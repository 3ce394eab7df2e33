using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.Kinesis;

/// <summary>What Kinesis adds to templates.</summary>
internal static class KinesisTemplateParts
{
    private static readonly string[] MappingProperties =
    [
        "BatchSize", "BisectBatchOnFunctionError", "DestinationConfig", "Enabled", "FilterCriteria",
        "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts",
        "MetricsConfig", "ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp",
        "TumblingWindowInSeconds",
    ];

    private static readonly string Stream = PolicyTemplate.Regional("kinesis", "stream/${streamName}");

    public static TemplateParts Parts { get; } = new()
    {
        Events =
        [
            new("Kinesis", Expand)
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

    private static void Expand(SamEvent declared)
    {
        declared.Reader.OnlyKeys(declared.Properties, ["Stream", .. MappingProperties]);
        if (declared.Value("StartingPosition") is null) declared.Fail("a Kinesis event must have a StartingPosition");
        // The real transform makes a policy of the destination's type.
        if (declared.Value("DestinationConfig") is TemplateMapping config
            && config.Find("OnFailure")?.Value is TemplateMapping failure && failure.Find("Type") is not null)
            declared.Fail("DestinationConfig.OnFailure.Type is not supported; write the policy yourself without it");
        if (declared.Value("Stream") is { } stream) declared.AddMapping(stream, MappingProperties);
        else declared.Fail("a Kinesis event must have a Stream");
    }

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "StreamName", [.. actions.Select(action => $"kinesis:{action}")], [Stream], ResourceIsList: false);
}
