using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.Annotations;
using Isobar.Imports;
using Isobar.Tables;
using Microsoft.Extensions.DependencyInjection;
using static Isobar.Functions.TemplateVariables;

[assembly: LambdaGlobalProperties(GenerateMain = true)]

namespace Isobar.Remediate;

/// <summary>The composition: the only place that reads the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services) => services.AddSingleton(new Remediation(
        new ImportsTable(
                new AmazonDynamoDBClient(), Required("IMPORTS_TABLE"),
                Retention.OfDays(Required("RECORD_RETENTION_DAYS"))),
        new ImportInvoker(new AmazonLambdaClient(), Required("IMPORT_FUNCTION"))));
}
