using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http;

namespace Isobar.Stories.HostLife;

/// <summary>What the commands say and how they end.</summary>
public sealed partial class CommandStories
{
    // It takes some 25 s alone; beside everything else that is tested it shares two cores. This is for one that hangs.
    private static readonly TimeSpan TourBound = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Up_says_where_it_is_and_what_is_deployed()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"ready {TimeProvider.System.GetElapsedTime(host.Began).TotalSeconds:0.00} s after the process's start");

        await ProcessTable.UntilAsync(() => host.Output.Contains("Ctrl+C", StringComparison.Ordinal), host.Output);
        Assert.Contains(
            "LandingBucketName = isobar-landing-000000000000-us-east-1", host.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"AWS_ENDPOINT_URL={address.GetLeftPart(UriPartial.Authority)}", host.Output, StringComparison.Ordinal);
        Assert.Equal("", host.Errors);
    }

    [Fact]
    public async Task Up_prints_what_functions_and_the_platform_write_as_lines_to_read()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");

        await stack.Calls.InvokeAsync(stack.NameOf("RemediateFunction"), "{}", "RequestResponse");

        var report = ReportOfRemediate();
        await ProcessTable.UntilAsync(() => host.Output.Split('\n').Any(report.IsMatch), host.Output);
        Assert.DoesNotContain("platform.", host.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  \d+ settings of the templates have no effect on this host; --verbose lists", host.Output);
    }

    [Fact]
    public async Task Up_prints_one_object_a_line_for_a_program_and_everything_else_beside_it()
    {
        await using var host = HostProcess.Start(
            "up", "--port", "0", "--no-build", "--configuration", Repository.Configuration, "--log-format", "json",
            "--verbose");
        var address = await host.AddressAsync();
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        var function = stack.NameOf("RemediateFunction");

        await stack.Calls.InvokeAsync(function, "{}", "RequestResponse");

        await ProcessTable.UntilAsync(
            () => host.Output.Contains("platform.report", StringComparison.Ordinal), host.Output);
        var lines = host.Output.Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.All(lines, line => Assert.NotNull((string?)line["line"]));
        var report = lines.Last(line => ((string)line["line"]!).Contains("platform.report", StringComparison.Ordinal));
        Assert.Equal(function, (string?)report["function"]);
        Assert.Equal("platform.report", (string?)JsonNode.Parse((string)report["line"]!)!["type"]);
        Assert.Matches(@"settings of the templates have no effect on this host:\n    \S", host.Errors);
    }

    [Fact]
    public async Task The_clock_of_a_host_that_runs_is_shown_with_its_timers()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        await stack.Calls.InvokeAsync(stack.NameOf("RemediateFunction"), "{}", "RequestResponse");

        await using var clock = HostProcess.Start("clock", "--endpoint", address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(0, await clock.EndAsync());
        Assert.Matches(
            @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, as real time\n  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d idle environments",
            clock.Output);
    }

    [Fact]
    public async Task The_clock_of_a_host_that_runs_is_advanced_by_a_command()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;

        await using var clock = HostProcess.Start(
            "clock", "advance", "90s", "--endpoint", address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(0, await clock.EndAsync());
        Assert.Equal("", clock.Errors);
    }

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    [InlineData("ALL_PROXY")]
    [InlineData("all_proxy")]
    public async Task A_proxy_in_the_environment_is_not_asked_for_a_host_on_this_machine(string variable)
    {
        await using var clock = await WireServer.StartAsync(
            http => http.Response.WriteAsync("""{"step":"PT0S","now":"2026-01-01T00:00:00Z","fired":["tea"]}"""), 0,
            CancellationToken.None);

        await using var command = HostProcess.Start(
            WithProxy(variable), "clock", "next", "--endpoint", clock.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal((0, ""), (await command.EndAsync(), command.Errors));
        Assert.Contains("tea", command.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200", "<html>")]
    [InlineData("404", "nothing here")]
    [InlineData("502", "")]
    [InlineData("200", "null")]
    public async Task A_clock_command_says_when_something_else_answers(string status, string body)
    {
        await using var other = await WireServer.StartAsync(
            http =>
            {
                http.Response.StatusCode = int.Parse(status, CultureInfo.InvariantCulture);
                http.Response.ContentType = "application/json";
                return http.Response.WriteAsync(body);
            },
            0, CancellationToken.None);
        var endpoint = other.Address.GetLeftPart(UriPartial.Authority);

        await using var command = HostProcess.Start("clock", "next", "--endpoint", endpoint);

        Assert.Equal(1, await command.EndAsync());
        Assert.Equal($"The server at {endpoint} is not an Isobar host.", command.Errors);
    }

    [Fact]
    public async Task A_clock_command_says_when_nothing_answers()
    {
        var port = Taken(out var listener);
        listener.Dispose();

        await using var command = HostProcess.Start("clock", "next", "--endpoint", $"http://127.0.0.1:{port}");

        Assert.Equal(1, await command.EndAsync());
        Assert.StartsWith($"No host answers at http://127.0.0.1:{port}: ", command.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(command);
    }

    [Theory]
    [InlineData("up", "--port")]
    [InlineData("up", "--edge-port")]
    [InlineData("tour", "--port")]
    public async Task A_taken_port_is_named_before_anything_is_built(string command, string option)
    {
        var port = Taken(out var listener);
        using var _ = listener;

        // The API's own port is whichever is free: a host of somebody else may have the usual one.
        string[] other = option == "--port" ? [] : ["--port", "0"];
        await using var host = HostProcess.Start([command, option, $"{port}", .. other]);

        Assert.Equal(1, await host.EndAsync());
        Assert.Equal(
            $"Port {port} is taken by another process. Choose another port with --port or --edge-port.", host.Errors);
        Assert.DoesNotContain("uilding", host.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Theory]
    [InlineData("there is no file", "tour", "--file", "missing.csv")]
    [InlineData("is a folder, not a file", "tour", "--file", ".")]
    [InlineData("is a folder, not a file", "up", "--template", ".")]
    [InlineData("by at most 14d at a time, not by 99999999999d", "clock", "advance", "99999999999d")]
    [InlineData("by at most 14d at a time, not by 15d", "clock", "advance", "15d")]
    public async Task A_mistake_on_the_command_line_is_an_error_in_words(string says, params string[] arguments)
    {
        await using var host = HostProcess.Start(arguments);

        Assert.Equal(1, await host.EndAsync());
        Assert.Contains(says, host.Errors, StringComparison.Ordinal);
        Assert.Equal("", host.Output.Trim());
        AssertNoStackTrace(host);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("tour")]
    public async Task A_missing_folder_for_temporary_files_is_an_error_in_words(string command)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-story-").FullName;
        var missing = Path.Combine(folder, "missing");

        await using var host = HostProcess.Start(new HostSurroundings(missing), command, "--no-build");

        Assert.Equal(1, await host.EndAsync());
        Assert.StartsWith(
            $"The folder for temporary files, {missing}/, can't be used: ", host.Errors, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", host.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(host);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_path_on_the_command_line_is_of_the_folder_that_dotnet_run_was_typed_in()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-there-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "there.yaml"), "Resources: {}");
        string[] arguments =
        [
            "run", "--no-build", "--configuration", Repository.Configuration, "--project",
            Repository.In("infra", "local"), "--", "up", "--port", "0", "--no-build", "--template", "there.yaml",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true,
        };

        using var command = Process.Start(start)!;
        var errors = await command.StandardError.ReadToEndAsync();

        Assert.Contains("there.yaml:1", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("there is no file", errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_template_that_is_not_supported_stops_the_start_with_file_and_line()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-bad-").FullName;
        var template = Path.Combine(folder, "bad.yaml");
        await File.WriteAllTextAsync(template, """
            AWSTemplateFormatVersion: '2010-09-09'
            Resources:
              Farm:
                Type: AWS::EC2::Instance
            """);

        await using var host = HostProcess.Start("up", "--port", "0", "--no-build", "--template", template);

        Assert.Equal(1, await host.EndAsync());
        Assert.Matches(@"bad\.yaml:[34]\b.*Farm", host.Errors);
        Assert.Contains("AWS::EC2::Instance", host.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(host);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("up", "--port")]
    [InlineData("tour", "--file")]
    [InlineData("clock", "advance")]
    [InlineData("receipt", "at list price, for what a running host has done")]
    public async Task Every_command_explains_itself(string command, string says)
    {
        await using var host = HostProcess.Start(command, "--help");

        Assert.Equal(0, await host.EndAsync());
        Assert.Contains(says, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tour_holds_all_its_checks_in_plain_lines()
    {
        var history = Path.GetTempFileName();
        using (var content = File.Create(history)) Samples.History.Write(content, 20_000);

        await using var host = HostProcess.Start(
            WithProxy("HTTP_PROXY", "http_proxy", "ALL_PROXY"),
            "tour", "--no-build", "--configuration", Repository.Configuration, "--file", history);

        Assert.True(await host.EndAsync(TourBound) == 0, host.Output + host.Errors);
        var took = TimeProvider.System.GetElapsedTime(host.Began);
        TestContext.Current.TestOutputHelper!.WriteLine($"{took.TotalSeconds:0.0} s");
        Assert.Matches(@"All \d+ checks passed", host.Output);
        Assert.Matches(@"[\d,]+ invocations, [\d,.]+ GB-s, [\d,]+ requests .*: \$0\.\d+ at list price", host.Output);
        Assert.DoesNotContain('\u001b', host.Output);
        Assert.Equal("", host.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
        File.Delete(history);
    }

    // Nothing listens there; whoever asks such a proxy fails.
    private static HostSurroundings WithProxy(params string[] variables) => new()
    {
        Variables = variables.ToDictionary(variable => variable, _ => "http://127.0.0.1:9"),
    };

    private static int Taken(out TcpListener listener)
    {
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(
        @"^\d\d:\d\d:\d\d\.\d{3} Remediate +REPORT \w+.* in \d+\.\d ms, billed \d+ ms, \d+ of \d+ MB, "
            + @"COLD START: init \d+\.\d ms request=[0-9a-f]{8}$")]
    private static partial Regex ReportOfRemediate();

    private static void AssertNoStackTrace(HostProcess host) =>
        Assert.DoesNotContain("   at ", host.Errors + host.Output, StringComparison.Ordinal);
}
