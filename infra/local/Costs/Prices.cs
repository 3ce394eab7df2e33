using System.Collections.Frozen;

namespace Isobar.Local.Costs;

/// <summary>
/// AWS's list prices, of the first tier of each; tiers for large volumes are cheaper. Nothing else in this repository
/// has a price.
/// </summary>
/// <remarks>
/// AWS's pages load their numbers with a script, so stored copies of them lack some. The prices of Lambda, SQS,
/// EventBridge, DynamoDB's requests, S3 and CloudWatch were compared with public reports of 2025 and 2026 that quote
/// the page. Those of API Gateway, CloudFront, Kinesis, KMS, Secrets Manager and DynamoDB's storage were not.
/// </remarks>
internal static class Prices
{
    /// <summary>The Region of the prices: US East (N. Virginia).</summary>
    public const string Region = "us-east-1";

    /// <summary>When the prices were looked up.</summary>
    public static readonly DateOnly Date = new(2026, 11, 29);

    private const decimal One = 1;
    private const decimal Thousand = 1_000;
    private const decimal Million = 1_000_000;

    private const string Lambda = "https://aws.amazon.com/lambda/pricing/";
    private const string CloudFront = "https://aws.amazon.com/cloudfront/pricing/";
    private const string Storage = "https://aws.amazon.com/s3/pricing/";
    private const string Queues = "https://aws.amazon.com/sqs/pricing/";
    private const string Topics = "https://aws.amazon.com/sns/pricing/";
    private const string Buses = "https://aws.amazon.com/eventbridge/pricing/";
    private const string Apis = "https://aws.amazon.com/api-gateway/pricing/";
    private const string Tables = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
    private const string CloudWatch = "https://aws.amazon.com/cloudwatch/pricing/";
    private const string Streams = "https://aws.amazon.com/kinesis/data-streams/pricing/";
    private const string Secrets = "https://aws.amazon.com/secrets-manager/pricing/";
    private const string Keys = "https://aws.amazon.com/kms/pricing/";

    public static readonly IReadOnlyList<Price> All =
    [
        new(Meter.LambdaRequests, "Lambda requests", 0.20m, Million, Lambda) { FreeEachMonth = Million },
        new(Meter.LambdaGigabyteSeconds, "Lambda GB-seconds (x86_64)", 0.0000166667m, One, Lambda)
        {
            FreeEachMonth = 400_000,
        },
        // The free 400,000 GB-seconds are for both architectures together; Isobar's functions are x86_64.
        new(Meter.LambdaArmGigabyteSeconds, "Lambda GB-seconds (arm64)", 0.0000133334m, One, Lambda),
        new(Meter.LambdaProvisionedGigabyteSeconds, "Lambda provisioned GB-seconds, kept", 0.0000041667m, One, Lambda),
        new(Meter.LambdaProvisionedDurationGigabyteSeconds, "Lambda provisioned GB-seconds, used", 0.0000097222m, One,
            Lambda),
        new(Meter.EdgeRequests, "Lambda@Edge requests", 0.60m, Million, Lambda),
        new(Meter.EdgeGigabyteSeconds, "Lambda@Edge GB-seconds", 0.00005001m, One, Lambda),
        new(Meter.StorageWrites, "S3 PUT, COPY, POST, LIST", 0.005m, Thousand, Storage),
        new(Meter.StorageReads, "S3 GET and others", 0.0004m, Thousand, Storage),
        new(Meter.QueueRequests, "SQS requests", 0.40m, Million, Queues) { FreeEachMonth = Million },
        // The free million is for both kinds of queues together.
        new(Meter.FifoQueueRequests, "SQS requests, FIFO", 0.50m, Million, Queues),
        new(Meter.TopicRequests, "SNS requests", 0.50m, Million, Topics) { FreeEachMonth = Million },
        new(Meter.BusEvents, "EventBridge events", 1.00m, Million, Buses),
        new(Meter.ApiRequests, "API Gateway requests", 3.50m, Million, Apis),
        new(Meter.TableWriteUnits, "DynamoDB write units", 0.625m, Million, Tables),
        new(Meter.TableReadUnits, "DynamoDB read units", 0.125m, Million, Tables),
        new(Meter.LogGigabytes, "CloudWatch Logs GB", 0.50m, One, CloudWatch) { FreeEachMonth = 5 },
        new(Meter.ViewerRequests, "CloudFront requests", 0.0100m, 10_000, CloudFront)
        {
            FreeEachMonth = 10 * Million,
        },
        new(Meter.ViewerGigabytes, "CloudFront GB to viewers", 0.085m, One, CloudFront) { FreeEachMonth = 1_024 },
        new(Meter.InvalidationPaths, "CloudFront invalidation paths", 0.005m, One, CloudFront)
        {
            FreeEachMonth = Thousand,
        },
        new(Meter.StorageGigabyteMonths, "S3 GB stored", 0.023m, One, Storage),
        new(Meter.TableGigabyteMonths, "DynamoDB GB stored", 0.25m, One, Tables) { FreeEachMonth = 25 },
        new(Meter.TableRecoveryGigabyteMonths, "DynamoDB GB of point-in-time recovery", 0.20m, One, Tables),
        new(Meter.LogGigabyteMonths, "CloudWatch Logs GB stored", 0.03m, One, CloudWatch),
        new(Meter.MetricMonths, "CloudWatch custom metrics", 0.30m, One, CloudWatch) { FreeEachMonth = 10 },
        new(Meter.AlarmMonths, "CloudWatch alarms", 0.10m, One, CloudWatch) { FreeEachMonth = 10 },
        new(Meter.DashboardMonths, "CloudWatch dashboards", 3.00m, One, CloudWatch) { FreeEachMonth = 3 },
        new(Meter.ShardHours, "Kinesis shard hours", 0.015m, One, Streams),
        new(Meter.StreamPayloadUnits, "Kinesis PUT payload units", 0.014m, Million, Streams),
        new(Meter.StreamHours, "Kinesis on-demand stream hours", 0.04m, One, Streams),
        new(Meter.StreamGigabytesIn, "Kinesis on-demand GB in", 0.08m, One, Streams),
        new(Meter.StreamGigabytesOut, "Kinesis on-demand GB out", 0.04m, One, Streams),
        new(Meter.KeyRequests, "KMS requests", 0.03m, 10_000, Keys) { FreeEachMonth = 20_000 },
        new(Meter.SecretRequests, "Secrets Manager requests", 0.05m, 10_000, Secrets),
        new(Meter.SecretMonths, "Secrets Manager secrets", 0.40m, One, Secrets),
        new(Meter.KeyMonths, "KMS keys", 1.00m, One, Keys),
    ];

    private static readonly FrozenDictionary<Meter, Price> ByMeter = All.ToFrozenDictionary(price => price.Meter);

    public static Price Of(Meter meter) => ByMeter[meter];
}
