using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Chunks;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Intake;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var jobs = new JobsTable(
            new AmazonDynamoDBClient(), Required("JOBS_TABLE"), new ConflictDelays(Random.Shared, TimeProvider.System));
        services.AddSingleton(new Reception(
            new LandingBucket(new AmazonS3Client()),
            jobs,
            new ChunkQueue(new AmazonSQSClient(), Required("CHUNKS_QUEUE_URL"))));
    }
}
