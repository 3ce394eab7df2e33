using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Transform;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var s3 = new AmazonS3Client();
        var jobs = new JobsTable(
            new AmazonDynamoDBClient(), Required("JOBS_TABLE"), new ConflictDelays(Random.Shared, TimeProvider.System));
        services.AddSingleton(new ChunkWork(new LandingBucket(s3), new DataBucket(s3, Required("DATA_BUCKET")), jobs));
    }
}
