using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Catalog;

/// <summary>
/// The composition: the only place that reads the environment. Each of the two functions creates only what it needs,
/// and the template gives it the variables and permissions for that alone.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ICatalogTable>(_ => new CatalogTable(
            new AmazonDynamoDBClient(), Required("CATALOG_TABLE"), Backoff.Usual,
            Retention.OfDays(Required("RECORD_RETENTION_DAYS"))));
        services.AddSingleton(_ => StationNames.ReadFile(
            Required("STATION_NAMES"), AppContext.BaseDirectory));
        services.AddSingleton<IChangesQueue>(
            _ => new ChangesQueue(new AmazonSQSClient(), Required("CHANGES_QUEUE_URL")));
        services.AddSingleton<FileRecorder>();
        services.AddSingleton<ISiteLists>(_ => new SiteLists(new AmazonS3Client(), Required("SITE_BUCKET")));
        services.AddSingleton(provider => new PageWriter(
            provider.GetRequiredService<ICatalogTable>(), provider.GetRequiredService<ISiteLists>(), Backoff.Usual));
    }
}
