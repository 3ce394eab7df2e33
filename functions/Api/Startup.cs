using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Chunks;
using Isobar.Functions;
using Isobar.Imports;
using Isobar.Jobs;
using Isobar.Stations;
using Isobar.Summaries;
using Isobar.Readings;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Api;

/// <summary>
/// Registers the services of all API functions; the only place that reads environment variables. All routes share this
/// executable, but each route is a Lambda function of its own: it creates only the services that its route needs, so
/// the template gives it the variables and permissions of those only.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(_ => new Responses(Required("ALLOWED_ORIGIN")));
        services.AddSingleton(
            _ => new JobReader(new AmazonDynamoDBClient(), Required("JOBS_TABLE"), Backoff.Usual));
        services.AddSingleton(_ => new StationList(new AmazonDynamoDBClient(), Required("STATIONS_TABLE")));
        services.AddSingleton(
            _ => new StationReader(new AmazonDynamoDBClient(), Required("STATIONS_TABLE"), Backoff.Usual));
        services.AddSingleton<IImportReader>(
            _ => new ImportReader(new AmazonDynamoDBClient(), Required("IMPORTS_TABLE")));
        services.AddSingleton<IChunkQueue>(
            _ => new ChunkQueue(new AmazonSQSClient(), Required("CHUNKS_QUEUE_URL")));
        services.AddSingleton<ISummaryQueue>(
            _ => new SummaryQueue(new AmazonSQSClient(), Required("SUMMARIES_QUEUE_URL")));
        services.AddSingleton(_ => new UploadForms(
            new LandingFormSigner(new AmazonS3Client(), Required("LANDING_BUCKET")), TimeProvider.System,
            Guid.NewGuid));
        services.AddSingleton<IReadingStream>(_ => new ReadingStream(
            new AmazonKinesisClient(), Required("READINGS_STREAM"), Backoff.Usual));
        services.AddSingleton<ILiveReader>(
            _ => new LiveReader(new AmazonDynamoDBClient(), Required("LIVE_TABLE")));
        services.AddSingleton(TimeProvider.System);
    }
}
