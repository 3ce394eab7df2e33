using System.CommandLine;
using System.CommandLine.Invocation;
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
                parts.Clock, parts.Activity, parts.Journal, parts.Identifiers, parts.Targets, parts.Options.Region,
                parts.Options.AccountId),
            new S3Module(
                parts.Clock, TimeProvider.System, parts.Activity, parts.Journal, parts.Identifiers, parts.Targets,
                parts.Options.DataDirectory, parts.Options.Region),
            new SnsModule(
                parts.Clock, parts.Activity, parts.Journal, parts.Identifiers, parts.Targets, () => parts.Address),
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

    /// <summary>Every command with its options.</summary>
    public static RootCommand CommandLine() =>
        new("Runs the Isobar application, and the AWS services it needs, without an AWS account.")
        {
            UpCommand.Create(),
            TourCommand.Create(),
            ClockCommand.Create(),
            TokenCommand.Create(),
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
