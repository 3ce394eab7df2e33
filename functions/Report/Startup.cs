using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Jobs;
using Isobar.Stations;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Report;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var tables = new AmazonDynamoDBClient();
        var stations = Required("STATIONS_TABLE");
        services.AddSingleton<IStationData>(new StationData(
            new ReportRequests(tables, stations, Backoff.Usual, Retention.OfDays(Required("RECORD_RETENTION_DAYS"))),
            new StationReader(tables, stations, Backoff.Usual)));
        services.AddSingleton<IJobCounts>(
            new JobRecords(new JobReader(tables, Required("JOBS_TABLE"), Backoff.Usual)));
        services.AddSingleton<ISitePages>(new SitePages(new AmazonS3Client(), Required("SITE_BUCKET")));
        services.AddSingleton(StationNames.ReadFile(Required("STATION_NAMES"), AppContext.BaseDirectory));
        services.AddSingleton(Backoff.Usual);
        services.AddSingleton<StationReporter>();
        services.AddSingleton<StationListWriter>();
        services.AddSingleton<Reporter>();
    }
}
