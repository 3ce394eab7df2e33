using System.Text.Json.Nodes;
using Isobar.Local.Costs;

namespace Isobar.Local.Tests.Costs;

/// <summary>
/// What a deployed resource costs in a month in which nothing happens and nothing is stored. Every type that a template
/// has must be here: one that is not fails the deployment of the test by its name.
/// </summary>
internal static class IdleCosts
{
    /// <summary>Hours of a month, as AWS's calculator takes them.</summary>
    public const decimal HoursOfAMonth = 730;

    /// <summary>Lambda begins with five batches at a time, so five pollers ask a queue that is empty.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings". AWS
    /// says it of standard queues and nothing of FIFO queues, which are taken to have as many.</remarks>
    private const decimal Pollers = 5;

    /// <summary>
    /// Where there is little traffic, Lambda goes down to two, but not with a MaximumConcurrency.
    /// </summary>
    /// <remarks>Source: the same page.</remarks>
    private const decimal FewestPollers = 2;

    /// <summary>A long poll waits up to 20 s; each is a request.</summary>
    /// <remarks>Source: the same guide, and re:Post, "Why are my Amazon SQS charges higher than expected?".</remarks>
    private const decimal PollsOfAMinute = 3;

    /// <summary>By type; an error names what the table has no price for.</summary>
    public static readonly IReadOnlyDictionary<string, Func<JsonObject, IEnumerable<Charge>>> ByType =
        new Dictionary<string, Func<JsonObject, IEnumerable<Charge>>>
        {
            ["AWS::ApiGateway::Account"] = Free,
            ["AWS::ApiGateway::Deployment"] = Free,
            ["AWS::ApiGateway::RestApi"] = Free,
            ["AWS::ApiGateway::Stage"] = properties => Only(properties, "CacheClusterEnabled"),
            ["AWS::ApplicationAutoScaling::ScalableTarget"] = Free,
            // Its two alarms.
            ["AWS::ApplicationAutoScaling::ScalingPolicy"] = _ => [new Charge(Meter.AlarmMonths, 2)],
            ["AWS::CloudFront::CachePolicy"] = Free,
            ["AWS::CloudFront::Distribution"] = Free,
            ["AWS::CloudFront::ResponseHeadersPolicy"] = Free,
            ["AWS::CloudFront::OriginAccessControl"] = Free,
            ["AWS::CloudWatch::Alarm"] = _ => [new Charge(Meter.AlarmMonths, 1)],
            ["AWS::CloudWatch::Dashboard"] = _ => [new Charge(Meter.DashboardMonths, 1)],
            ["AWS::CodeDeploy::Application"] = Free,
            ["AWS::CodeDeploy::DeploymentConfig"] = Free,
            ["AWS::CodeDeploy::DeploymentGroup"] = Free,
            ["AWS::DynamoDB::Table"] = Table,
            ["AWS::Events::EventBus"] = Free,
            ["AWS::Events::EventBusPolicy"] = Free,
            ["AWS::Events::Rule"] = Rule,
            ["AWS::IAM::ManagedPolicy"] = Free,
            ["AWS::IAM::Role"] = Free,
            ["AWS::KMS::Alias"] = Free,
            ["AWS::SecretsManager::Secret"] = _ => [new Charge(Meter.SecretMonths, 1)],
            ["AWS::KMS::Key"] = _ => [new Charge(Meter.KeyMonths, 1)],
            ["AWS::Kinesis::Stream"] = Stream,
            ["AWS::Lambda::Alias"] = properties => Only(properties, "ProvisionedConcurrencyConfig"),
            ["AWS::Lambda::EventInvokeConfig"] = Free,
            ["AWS::Lambda::EventSourceMapping"] = Mapping,
            ["AWS::Lambda::Function"] = Free,
            ["AWS::Lambda::LayerVersion"] = Free,
            ["AWS::Lambda::LayerVersionPermission"] = Free,
            ["AWS::Lambda::Permission"] = Free,
            ["AWS::Lambda::Url"] = Free,
            ["AWS::Lambda::Version"] = properties => Only(properties, "ProvisionedConcurrencyConfig"),
            ["AWS::Logs::LogGroup"] = Free,
            ["AWS::Logs::MetricFilter"] = Free,
            ["AWS::Logs::QueryDefinition"] = Free,
            ["AWS::S3::Bucket"] = Free,
            ["AWS::S3::BucketPolicy"] = Free,
            ["AWS::SNS::Subscription"] = Free,
            ["AWS::SNS::Topic"] = Free,
            ["AWS::SNS::TopicPolicy"] = Free,
            ["AWS::SQS::Queue"] = Free,
            ["AWS::SQS::QueuePolicy"] = Free,
            ["AWS::SSM::Parameter"] = properties => Only(properties, "Tier", "Standard"),
        };

    /// <summary>The requests of one poller in a month.</summary>
    public static decimal EmptyReceives => PollsOfAMinute * 60 * HoursOfAMonth;

    /// <summary>What a schedule's function does when there is nothing to do: functions/Report.</summary>
    /// <remarks>
    /// Firing is free. So rarely, Lambda begins with an init each time: 1.5 s at 512 MB is taken for both, and is an
    /// assumption, as the two objects of telemetry are. It asks for one object and one page of a table.
    /// </remarks>
    public static readonly IReadOnlyList<Charge> Firing =
    [
        new(Meter.LambdaRequests, 1), new(Meter.LambdaGigabyteSeconds, 0.75m), new(Meter.StorageWrites, 2),
        new(Meter.StorageReads, 1), new(Meter.TableReadUnits, 1),
    ];

    /// <summary>How often a schedule fires in a month.</summary>
    /// <param name="expression">Such as <c>rate(30 minutes)</c>.</param>
    public static decimal Firings(string expression)
    {
        var parts = expression["rate(".Length..^1].Split(' ');
        var minutes = parts[1] switch
        {
            "minute" or "minutes" => 1,
            "hour" or "hours" => 60,
            _ => throw new NotSupportedException($"no price here for {expression}"),
        };
        return HoursOfAMonth * 60 / (minutes * int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static IEnumerable<Charge> Rule(JsonObject properties) =>
        (string?)properties["ScheduleExpression"] is { } expression
            ? Firing.Select(charge => charge with { Quantity = charge.Quantity * Firings(expression) })
            : [];

    private static IEnumerable<Charge> Free(JsonObject properties) => [];

    // Capacity by the hour costs while it is idle; what is billed by request does not.
    private static IEnumerable<Charge> Table(JsonObject properties) =>
        (string?)properties["BillingMode"] == "PAY_PER_REQUEST"
            ? []
            : throw new NotSupportedException("no price here for provisioned capacity of tables");

    // By the hour, idle or not.
    private static IEnumerable<Charge> Stream(JsonObject properties) =>
        (string?)properties["StreamModeDetails"]?["StreamMode"] == "ON_DEMAND"
            ? [new Charge(Meter.StreamHours, HoursOfAMonth)]
            : [new Charge(Meter.ShardHours, HoursOfAMonth * decimal.Parse($"{properties["ShardCount"]}", null))];

    private static IEnumerable<Charge> Mapping(JsonObject properties) => (string?)properties["EventSourceArn"] switch
    {
        _ when (string?)properties["Enabled"] is "false" => [],
        _ when properties["ProvisionedPollerConfig"] is not null =>
            throw new NotSupportedException("no price here for provisioned pollers"),
        { } queue when properties["StartingPosition"] is null => [Polling(queue, properties)],
        // Lambda's polls of streams are free; what DynamoDB charges for is a stream that others read.
        _ => [],
    };

    private static Charge Polling(string queue, JsonObject properties)
    {
        var isFifo = queue.EndsWith(".fifo", StringComparison.Ordinal);
        var pollers = properties["ScalingConfig"] is null && !isFifo ? FewestPollers : Pollers;
        return new Charge(isFifo ? Meter.FifoQueueRequests : Meter.QueueRequests, pollers * EmptyReceives);
    }

    // A property that would cost by the hour.
    private static IEnumerable<Charge> Only(JsonObject properties, string name, string? free = null) =>
        properties[name] is null || properties[name]!.ToString() is "false" || properties[name]!.ToString() == free
            ? []
            : throw new NotSupportedException($"no price here for {name}");
}
