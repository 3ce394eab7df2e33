using System.CommandLine;
using Isobar.Local.Commands;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Local;

/// <summary>The composition root: the one place that knows every module and every command.</summary>
internal static class Program
{
    /// <summary>The host's services; adding one is a line here.</summary>
    /// <param name="pool">Runs the functions.</param>
    public static IReadOnlyList<IServiceModule> Modules(
        ServiceContext context, LocalHostOptions options, IEnvironmentPool pool)
    {
        IServiceModule[] modules =
        [
            new Services.CloudFormation.CloudFormationModule(context),
            new Services.CloudWatch.CloudWatchModule(),
            new Services.DynamoDb.DynamoDbModule(context),
            new Services.EventBridge.EventBridgeModule(context),
            new Services.Iam.IamModule(),
            new Services.Logs.LogsModule(),
            new Services.S3.S3Module(context),
            new Services.Sns.SnsModule(context),
            new Services.Sqs.SqsModule(context),
            new Services.Ssm.SsmModule(context),
            new Services.Sts.StsModule(),
            new LambdaModule(
                context, pool, new CodeSource(options.RepositoryRoot, options.Configuration),
                new CodeStore(Path.Combine(options.DataDirectory, "code"))),
            new Services.ApiGateway.ApiGatewayModule(context),
        ];
        context.Directory.AddRoles(modules);
        return modules;
    }

    /// <summary>Node.js, where the PATH of this process has it.</summary>
    public static string? FindNode() => NodeInstallation.Find(Environment.GetEnvironmentVariable("PATH"));

    private static async Task<int> Main(string[] arguments)
    {
        UserNamespace.Enter(arguments);
        var root = new RootCommand(
            "Runs the Isobar application, and the AWS services it needs, without an AWS account.")
        {
            UpCommand.Create(),
            TourCommand.Create(),
            ClockCommand.Create(),
            TokenCommand.Create(),
        };
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Environments get their two seconds to shut down, several at a time; then the host must be gone.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(configuration);
        }
        catch (Exception e) when (CommandErrors.Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }
}
