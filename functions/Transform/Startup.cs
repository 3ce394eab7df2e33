using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Functions;
using Isobar.Jobs;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Transform;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var s3 = new AmazonS3Client();
        var jobs = new JobWriter(
            new AmazonDynamoDBClient(), Required("JOBS_TABLE"), Backoff.Usual,
            Retention.OfDays(Required("RECORD_RETENTION_DAYS")));
        services.AddSingleton(
            new ChunkConverter(new LandingBucket(s3), new DataBucket(s3, Required("DATA_BUCKET")), jobs));
    }
}
