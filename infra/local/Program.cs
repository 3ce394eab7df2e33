using System.CommandLine;
using Isobar.Local.Commands;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Services.CloudFormation;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sns;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Services.Sts;

namespace Isobar.Local;

/// <summary>The composition root: the one place that knows every module and every command.</summary>
internal static class Program
{
    /// <summary>The host's services; adding one is a line here.</summary>
    public static IReadOnlyList<IServiceModule> Modules(HostParts parts)
    {
        var sqs = new SqsModule(parts.Clock, parts.Identifiers, parts.Journal, () => parts.Address);
        var lambda = new LambdaModule(new LambdaSurroundings(
            parts.Options.Region,
            new RoleCredentials("ASIALOCAL", "local", "local"),
            new CodeSource(parts.Options.RepositoryRoot, parts.Options.Configuration),
            new CodeStore(Path.Combine(parts.Options.DataDirectory, "code")),
            parts.Environments, [sqs], parts.Targets, parts.Clock, parts.Activity, parts.Journal, parts.Identifiers));
        IServiceModule[] modules =
        [
            new CloudFormationModule(),
            new DynamoDbModule(parts.Clock, parts.Identifiers),
            new EventBridgeModule(
                parts.Clock, parts.Journal, parts.Identifiers, parts.Targets, parts.Options.Region,
                parts.Options.AccountId),
            new S3Module(
                parts.Clock, TimeProvider.System, parts.Journal, parts.Identifiers, parts.Targets,
                parts.Options.DataDirectory, parts.Options.Region, parts.Options.AccountId),
            new SnsModule(
                parts.Clock, parts.Journal, parts.Identifiers, parts.Targets, () => parts.Address),
            sqs,
            new StsModule(),
            lambda,
            new ApiGatewayModule(
                parts.Clock, parts.Identifiers, parts.Journal, lambda, parts.Targets, TimeProvider.System),
        ];
        foreach (var target in modules.OfType<ITarget>()) parts.Targets.Add(target);
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
