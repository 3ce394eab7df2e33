using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Imports;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Import;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var landing = Required("LANDING_BUCKET");
        services.AddSingleton(new StationCopy(
            new ImportsTable(
                new AmazonDynamoDBClient(), Required("IMPORTS_TABLE"),
                Retention.OfDays(Required("RECORD_RETENTION_DAYS"))),
            new StationFiles(new AmazonS3Client(), Required("OPEN_DATA_BUCKET"), landing),
            landing));
    }
}
