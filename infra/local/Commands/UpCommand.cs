using System.CommandLine;
using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>Starts the host and runs it until Ctrl+C or SIGTERM.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var line = new HostCommandLine(LocalHostOptions.DefaultPort);
        var quiet = new Option<bool>("--quiet") { Description = "Do not print the logs of functions and of Lambda" };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "List the template's settings that have no effect on this host, with the reason",
        };
        var format = new Option<string>("--log-format")
        {
            Description = "Format of the logs: text, or one JSON object a line and nothing else on standard output",
            DefaultValueFactory = _ => "text",
        };
        var watch = new Option<bool>("--watch")
        {
            Description = "Build and update the stack whenever a file of a function, a layer or the template is saved",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("up", "Build the application, start the host, deploy the template, run until Ctrl+C")
        {
            quiet, verbose, format, watch,
        };
        line.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) && !line.ShouldBuild(result))
                result.AddError("--watch builds what is saved, so it can't be used with --no-build.");
        });
        command.SetAction((result, cancellationToken) =>
        {
            var logs = result.GetValue(quiet) ? (LogFormat?)null
                : Enum.Parse<LogFormat>(result.GetValue(format)!, ignoreCase: true);
            return RunAsync(line, result, logs, result.GetValue(verbose), result.GetValue(watch), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        HostCommandLine line, ParseResult result, LogFormat? logs, bool verbose, bool watch,
        CancellationToken cancellationToken)
    {
        // Only once this has returned for the first time does the command line bound the time that it takes to stop.
        await Task.Yield();
        // With JSON, standard output has only the log, so that a program can parse it.
        var console = logs == LogFormat.Json ? Console.Error : Console.Out;
        using var data = DataFolder.Create();
        var options = line.Read(result, data.FullName);
        if (line.ShouldBuild(result) && ApplicationBuild.HasApplication(options.RepositoryRoot))
        {
            console.WriteLine("Building the application …");
            await ApplicationBuild.RunAsync(options.RepositoryRoot, options.Configuration, cancellationToken);
        }
        else if (line.ShouldBuild(result))
        {
            options = options with
            {
                BuildProject = ApplicationBuild.OfProjects(options.Configuration, console.WriteLine),
            };
        }

        await using var host = new HostInPlace(options with { Builds = line.ShouldBuild(result) }, data);
        try
        {
            Announce(console, await host.StartAsync(cancellationToken), verbose);
            while (true)
            {
                await FollowAsync(host.Current, logs, watch ? console : null, cancellationToken);
                await host.ReplaceAsync(cancellationToken);
                console.WriteLine("The host was reset: it is empty, and its names and addresses are as before.");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (!StopSignals.IsOutputGone()) console.WriteLine("Stopping …");
        }

        return 0;
    }

    // Until a reset is asked for.
    private static async Task FollowAsync(
        LocalHost host, LogFormat? logs, TextWriter? watch, CancellationToken cancellationToken)
    {
        using var following = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var printing = logs is { } format
            ? new LogPrinter(host, Console.Out, format).FollowAsync(following.Token)
            : Task.CompletedTask;
        var watching = watch is null ? Task.CompletedTask : new SourceUpdates(host, watch).RunAsync(following.Token);
        try
        {
            // Watching ends before that only by a defect or a folder that can't be watched.
            var reset = host.ResetRequested.WaitAsync(cancellationToken);
            if (watch is not null) await await Task.WhenAny(reset, watching);
            await reset;
        }
        finally
        {
            await following.CancelAsync();
            await printing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Announce(TextWriter console, LocalHost host, bool verbose)
    {
        console.WriteLine($"Isobar is up: stack {host.Stack.Identity.StackName} at {host.Address}");
        console.WriteLine($"  {host.Isolation}");
        if (host.Options.Bind == BindAddress.All)
            console.WriteLine("  WARNING: it listens on all addresses; whoever reaches them can use the stack");
        AnnounceInert(
            console, [.. host.Stack.Inert, .. host.LiveStack?.Inert ?? [], .. host.Edge?.Stack.Inert ?? []], verbose);
        foreach (var output in host.Stack.Outputs.Concat(host.LiveStack?.Outputs ?? []))
            console.WriteLine($"  {output.Key} = {output.Value}");
        if (host.Stack.Outputs.FirstOrDefault(output => output.Key == "ApiUrl")?.Value is { } api)
            console.WriteLine($"The API is at {StageAddress.On(host.Address, api).ToString().TrimEnd('/')}");
        console.WriteLine(host.EdgeAddress is { } website
            ? $"The website is at {website.GetLeftPart(UriPartial.Authority)}"
            : $"There is no website here, because {host.EdgeAbsence}; everything else works.");
        console.WriteLine($"""
            Use it with any AWS client:
              export AWS_ENDPOINT_URL={host.Address.GetLeftPart(UriPartial.Authority)}
              export AWS_REGION={host.Options.Region} AWS_DEFAULT_REGION={host.Options.Region}
              export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
            """);
        if (HttpClient.DefaultProxy.GetProxy(new Uri("http://proxied.invalid")) is { } proxy)
            console.WriteLine($"  export NO_PROXY=127.0.0.1,localhost    since HTTP goes through {proxy.Authority}");
        console.WriteLine("Ctrl+C stops it.");
    }

    private static void AnnounceInert(TextWriter console, IReadOnlyList<InertSetting> settings, bool verbose)
    {
        if (settings.Count == 0) return;
        console.WriteLine($"  {settings.Count} settings of the templates have no effect on this host"
            + (verbose ? ":" : "; --verbose lists them with the reason"));
        if (!verbose) return;
        foreach (var line in InertSetting.ByReason(settings)) console.WriteLine($"    {line}");
    }
}
