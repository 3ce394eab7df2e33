using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Isobar.Functions;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Live;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ILiveTable>(new LiveTable(
            new AmazonDynamoDBClient(), Required("LIVE_TABLE"), Backoff.Usual,
            Retention.OfDays(Required("RECORD_RETENTION_DAYS"))));
        services.AddSingleton<ReadingBatches>();
        services.AddSingleton<WindowEnd>();
    }
}
