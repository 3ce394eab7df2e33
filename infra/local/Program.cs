using System.CommandLine;
using System.CommandLine.Invocation;
using Isobar.Local.Commands;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
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
            new Services.ApplicationAutoScaling.ApplicationAutoScalingModule(context),
            new Services.CloudFormation.CloudFormationModule(context),
            new Services.CodeDeploy.CodeDeployModule(context),
            new Services.CloudWatch.CloudWatchModule(context),
            new Services.DynamoDb.DynamoDbModule(context),
            new Services.EventBridge.EventBridgeModule(context),
            new Services.Iam.IamModule(),
            new Services.Kinesis.KinesisModule(context),
            new Services.Kms.KmsModule(context),
            new Services.Logs.LogsModule(context),
            new Services.S3.S3Module(context),
            new Services.SecretsManager.SecretsManagerModule(context),
            new Services.Sns.SnsModule(context),
            new Services.Sqs.SqsModule(context),
            new Services.Ssm.SsmModule(context),
            new Services.Sts.StsModule(),
            new LambdaModule(
                context, options.Account, pool,
                new CodeSource(options.RepositoryRoot, options.Configuration, options.BuildProject),
                new CodeStore(Path.Combine(options.DataDirectory, "code")), options.Languages),
            new Services.ApiGateway.ApiGatewayModule(context),
            new CloudFrontModule(context),
        ];
        context.Directory.AddRoles(modules);
        return modules;
    }

    /// <summary>Node.js, where the PATH of this process has it.</summary>
    public static string? FindNode() => Interpreters.Find(Environment.GetEnvironmentVariable("PATH"), "node");

    /// <summary>Python, where the PATH of this process has it.</summary>
    public static string? FindPython() => Interpreters.Find(Environment.GetEnvironmentVariable("PATH"), "python3");

    /// <summary>Node.js and Python, where the PATH of this process has them, and Lambda's runtime clients.</summary>
    /// <param name="clients">Where to look for the clients first; null for the interpreters' own packages only.</param>
    public static LanguageRuntimes FindLanguages(string? clients) =>
        LanguageRuntimes.OfPath(Environment.GetEnvironmentVariable("PATH"), clients);

    /// <summary>Every command with its options.</summary>
    public static RootCommand CommandLine() =>
        new("Runs the Isobar application and the AWS services that it uses on this machine, without an AWS account.")
        {
            UpCommand.Create(),
            TourCommand.Create(),
            ClockCommand.Create(),
            ResetCommand.Create(),
            DeployCommand.Create(),
            ReceiptCommand.Create(),
            MetricsCommand.Create(),
            TokenCommand.Create(),
            ExperimentCommand.Create(),
            ExplainCommand.Create(),
            ResendCommand.Create(),
        };

    private static async Task<int> Main(string[] arguments)
    {
        UserNamespace.Enter(arguments);
        LoopbackBypass.Install();
        using var stop = new StopSignals();
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Environments get their two seconds to shut down, several at a time; then the host must be gone.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        try
        {
            var line = CommandLine().Parse(arguments);
            // An error alone; the pages of help after it would hide it.
            if (line.Action is ParseErrorAction error) error.ShowHelp = arguments.Length == 0;
            return await line.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception) when (StopSignals.IsOutputGone())
        {
            // There is nobody to tell, and saying it would fail again.
            return 1;
        }
        catch (Exception e) when (CommandErrors.Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }
}
