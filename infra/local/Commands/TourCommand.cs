using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Isobar.Local.Tokens;
using Isobar.Local.Tour;
using Spectre.Console;

namespace Isobar.Local.Commands;

/// <summary>
/// Builds, starts and deploys the application, runs it and checks the results; exit code 0 if every check passed.
/// </summary>
internal static class TourCommand
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    public static Command Create()
    {
        var line = new HostCommandLine(defaultPort: 0);
        var file = ReadableFile.Option("--file", "A GHCN-Daily file of yours (.csv or .csv.gz) to process as well");
        var command = new Command("tour", "Run the whole application once, and check and print what it does") { file };
        line.AddTo(command);
        command.SetAction((result, cancellationToken) =>
            RunAsync(line, result, result.GetValue(file)?.FullName, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        HostCommandLine line, ParseResult result, string? file, CancellationToken cancellationToken)
    {
        // Only once this has returned for the first time does the command line bound the time that it takes to stop.
        await Task.Yield();
        var clock = TimeProvider.System;
        var report = new TourReport(Screen());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tokens = new TokenIssuer(key);
        using var data = DataFolder.Create();
        var options = WithKey(line.Read(result, data.FullName), tokens);
        report.Heading("Isobar on this machine");
        if (line.ShouldBuild(result))
        {
            var building = clock.GetTimestamp();
            await ApplicationBuild.RunAsync(options.RepositoryRoot, options.Configuration, cancellationToken);
            report.Fact($"built in {Seconds(clock.GetElapsedTime(building))}");
        }

        var starting = clock.GetTimestamp();
        await using var host = await LocalHost.StartAsync(options, cancellationToken);
        report.Fact($"ready in {Seconds(clock.GetElapsedTime(starting))}: {host.Stack.Resources.Count} resources of "
            + $"{options.TemplateFile} at {host.Address.GetLeftPart(UriPartial.Authority)}");
        report.Fact(host.Isolation);
        var token = tokens.Issue("tour", options.StackName, clock.GetUtcNow(), TokenLife);
        await new Tour.Tour(host, report, token, tokens).RunAsync(file, cancellationToken);

        report.Heading("What this would cost");
        report.Fact(host.Accountant.Read().ToString());

        report.Heading(report.Failed == 0
            ? $"All {report.Passed} checks passed, in {Seconds(clock.GetElapsedTime(starting))}."
            : $"{report.Failed} of {report.Passed + report.Failed} checks failed.");
        return report.Failed == 0 ? 0 : 1;
    }

    // A new key for each tour: it is not stored, and no other stack trusts it.
    private static LocalHostOptions WithKey(LocalHostOptions options, TokenIssuer tokens) => options with
    {
        // The tour shows a canary of the route that reads a job.
        ParameterOverrides =
        [
            .. options.ParameterOverrides, "GetJobShift=canary", $"TokenPublicKeys={tokens.PublicKeys}",
            $"TokenKeysTimeToLive={Tour.Tour.TokenKeysTimeToLive.TotalSeconds:0}",
        ],
    };

    // If the output is not a terminal: no colours, and lines are not wrapped.
    private static IAnsiConsole Screen()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var plain = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        plain.Profile.Width = int.MaxValue;
        return plain;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00 s", CultureInfo.InvariantCulture);
}
