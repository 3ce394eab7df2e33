using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda;
using Amazon.Lambda.Annotations;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Functions;
using Isobar.Imports;
using Isobar.Jobs;
using Isobar.Readings;
using Isobar.Summaries;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Remediate;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var dynamoDb = new AmazonDynamoDBClient();
        var retention = Retention.OfDays(Required("RECORD_RETENTION_DAYS"));
        var table = Required("JOBS_TABLE");
        services.AddSingleton(new Remediation(
            new ImportsTable(dynamoDb, Required("IMPORTS_TABLE"), retention),
            new ImportInvoker(new AmazonLambdaClient(), Required("IMPORT_FUNCTION"))));
        services.AddSingleton(new SummaryRemediation(
            new JobReader(dynamoDb, table, Backoff.Usual),
            new JobChanges(Streams()),
            new SummaryQueue(new AmazonSQSClient(), Required("SUMMARIES_QUEUE_URL"))));
        // With the template's LiveReadings only.
        if (Optional("READINGS_STREAM") is { } stream)
            services.AddSingleton(new LiveBatches(
                new FailedBatches(new AmazonS3Client(), Required("DATA_BUCKET"), stream),
                new ReadingStream(new AmazonKinesisClient(), stream, Backoff.Usual)));
    }

    // Where the environment leads the SDK's client of the table: an address of its own on AWS, else the same.
    private static StreamCalls Streams()
    {
        var settings = new AmazonDynamoDBConfig();
        var region = Required("AWS_REGION");
        var address = settings.ServiceURL is { Length: > 0 } url
            ? url
            : $"https://streams.dynamodb.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}";
        return new StreamCalls(
            new HttpClient(), new Uri(address), region, DefaultAWSCredentialsIdentityResolver.GetCredentials(),
            settings);
    }
}
