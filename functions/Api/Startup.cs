using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Chunks;
using Isobar.Imports;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Api;

/// <summary>
/// The composition: the only place that reads the environment. Each function of this executable makes what its route
/// asks for, and has the variables and permissions for that alone.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(_ => new Answers(Required("ALLOWED_ORIGIN")));
        services.AddSingleton(_ => new JobsView(new AmazonDynamoDBClient(), Required("JOBS_TABLE")));
        services.AddSingleton<IImports>(
            _ => new ImportsTable(new AmazonDynamoDBClient(), Required("IMPORTS_TABLE")));
        services.AddSingleton<IChunkQueue>(
            _ => new ChunkQueue(new AmazonSQSClient(), Required("CHUNKS_QUEUE_URL")));
        services.AddSingleton(_ => new UploadDesk(
            new LandingForms(new AmazonS3Client(), Required("LANDING_BUCKET")), TimeProvider.System, Guid.NewGuid));
    }
}
