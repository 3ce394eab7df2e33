using System.CommandLine;
using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway;

namespace Isobar.Local.Commands;

/// <summary>Starts the host and stays until Ctrl+C or SIGTERM.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var line = new HostCommandLine(LocalHostOptions.DefaultPort);
        var quiet = new Option<bool>("--quiet") { Description = "Do not print what functions and the platform log" };
        var command = new Command("up", "Build, start, deploy and stay until Ctrl+C") { quiet };
        line.AddTo(command);
        command.SetAction((result, cancellationToken) =>
            RunAsync(line, result, result.GetValue(quiet), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        HostCommandLine line, ParseResult result, bool quiet, CancellationToken cancellationToken)
    {
        var options = line.Read(result);
        if (line.ShouldBuild(result))
        {
            Console.WriteLine("Building the application …");
            await ApplicationBuild.RunAsync(options.RepositoryRoot, options.Configuration, cancellationToken);
        }

        await using var host = await LocalHost.StartAsync(options, cancellationToken);
        Announce(host);
        try
        {
            if (quiet) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            else await new LogPrinter(host.Journal, Console.Out).FollowAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopping …");
        }

        return 0;
    }

    private static void Announce(LocalHost host)
    {
        Console.WriteLine($"Isobar is up: stack {host.Stack.Identity.StackName} at {host.Address}");
        Console.WriteLine($"  {host.Isolation}");
        AnnounceInert([.. host.Stack.Inert, .. host.Edge?.Stack.Inert ?? []]);
        foreach (var output in host.Stack.Outputs) Console.WriteLine($"  {output.Key} = {output.Value}");
        if (host.Stack.Outputs.FirstOrDefault(output => output.Key == "ApiUrl")?.Value is { } api)
            Console.WriteLine($"The API is at {StageAddress.On(host.Address, api).ToString().TrimEnd('/')}");
        Console.WriteLine(host.EdgeAddress is { } website
            ? $"The website is at {website.GetLeftPart(UriPartial.Authority)}"
            : $"There is no website here, because {host.EdgeAbsence}; everything else works.");
        Console.WriteLine($"""
            Talk to it with any AWS client:
              export AWS_ENDPOINT_URL={host.Address.GetLeftPart(UriPartial.Authority)}
              export AWS_REGION={host.Options.Region} AWS_DEFAULT_REGION={host.Options.Region}
              export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
            Ctrl+C stops it.
            """);
    }

    private static void AnnounceInert(IReadOnlyList<InertSetting> settings)
    {
        if (settings.Count > 0) Console.WriteLine("What the template says and changes nothing here, by reason:");
        foreach (var line in InertSetting.ByReason(settings)) Console.WriteLine($"  {line}");
    }
}
