using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Chunks;
using Isobar.Functions;
using Isobar.Jobs;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Intake;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var jobs = new JobWriter(
            new AmazonDynamoDBClient(), Required("JOBS_TABLE"), Backoff.Usual,
            Retention.OfDays(Required("RECORD_RETENTION_DAYS")));
        services.AddSingleton(new JobOpener(
            new LandingBucket(new AmazonS3Client()),
            jobs,
            new ChunkQueue(new AmazonSQSClient(), Required("CHUNKS_QUEUE_URL"))));
    }
}
