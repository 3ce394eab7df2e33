using Amazon.DynamoDBv2;
using Amazon.Lambda.Annotations;
using Isobar.Jobs;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Jobs.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Notify;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<IJobTimeline>(new JobTimeline(new AmazonDynamoDBClient(), Required("JOBS_TABLE")));
}
