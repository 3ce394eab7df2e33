using Amazon.Lambda.Annotations;
using Amazon.SQS;
using Isobar.Summaries;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Finalize;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton(new JobFinalizer(
            new SummaryQueue(new AmazonSQSClient(), Required("SUMMARIES_QUEUE_URL"))));
}
