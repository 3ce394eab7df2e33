using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Functions;
using Isobar.Jobs;
using Isobar.Stations;
using Isobar.Summaries;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Summarize;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var dynamoDb = new AmazonDynamoDBClient();
        var table = Required("STATIONS_TABLE");
        var retention = Retention.OfDays(Required("RECORD_RETENTION_DAYS"));
        services.AddSingleton(new ShardSummarizer(
            new ShardFiles(
                new DataBucket(new AmazonS3Client(), Required("DATA_BUCKET")),
                new JobReader(dynamoDb, Required("JOBS_TABLE"), Backoff.Usual)),
            new StationWriter(dynamoDb, table, Backoff.Usual, TimeProvider.System),
            new CurrentVersions(dynamoDb, table, Backoff.Usual),
            new ReportRequests(dynamoDb, table, Backoff.Usual, retention),
            new SummaryQueue(new AmazonSQSClient(), Required("SUMMARIES_QUEUE_URL"))));
    }
}
