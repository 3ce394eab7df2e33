using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Functions;
using Isobar.Imports;
using Isobar.Readings;
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
        services.AddSingleton(new Remediation(
            new ImportsTable(
                new AmazonDynamoDBClient(), Required("IMPORTS_TABLE"),
                Retention.OfDays(Required("RECORD_RETENTION_DAYS"))),
            new ImportInvoker(new AmazonLambdaClient(), Required("IMPORT_FUNCTION"))));
        // With the template's LiveReadings only.
        if (Optional("READINGS_STREAM") is { } stream)
            services.AddSingleton(new LiveBatches(
                new FailedBatches(new AmazonS3Client(), Required("DATA_BUCKET"), stream),
                new ReadingStream(new AmazonKinesisClient(), stream, Backoff.Usual)));
    }
}
