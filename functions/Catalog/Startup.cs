using Amazon.Lambda.Annotations;
using Amazon.S3;
using Isobar.Domain;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Catalog;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton(new CatalogUpdate(
            new CatalogObject(new AmazonS3Client(), Required("SITE_BUCKET")),
            new ConflictDelays(Random.Shared, TimeProvider.System)));
        using var names = File.OpenRead(Required("STATION_NAMES"));
        services.AddSingleton(StationNames.Read(names));
    }
}
