using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.DeadLetters;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var jobs = new JobsTable(
            new AmazonDynamoDBClient(), Required("JOBS_TABLE"), new ConflictDelays(Random.Shared, TimeProvider.System));
        services.AddSingleton(new Registrar(jobs));
    }
}
