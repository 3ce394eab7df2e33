using System.Net;
using System.Net.Sockets;

namespace Isobar.Stories.HostLife;

/// <summary>What the commands say and how they end.</summary>
public sealed class CommandStories
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
    public async Task Up_prints_what_functions_and_the_platform_write()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        var function = stack.NameOf("RemediateFunction");

        await stack.Calls.InvokeAsync(function, "{}", "RequestResponse");

        await ProcessTable.UntilAsync(
            () => host.Output.Split('\n').Any(line => line.Contains(function + "  ", StringComparison.Ordinal)
                && line.Contains("platform.report", StringComparison.Ordinal)), host.Output);
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

        await using var mistaken = HostProcess.Start("clock", "next", "--endpoint", "4580");
        Assert.Equal(1, await mistaken.EndAsync());
        Assert.Contains("The endpoint is an address", mistaken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_a_clear_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var host = HostProcess.Start("up", "--port", $"{port}", "--no-build");

        Assert.Equal(1, await host.EndAsync());
        Assert.Contains("The port is taken", host.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(host);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
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
            "tour", "--no-build", "--configuration", Repository.Configuration, "--file", history);

        Assert.True(await host.EndAsync(TourBound) == 0, host.Output + host.Errors);
        var took = TimeProvider.System.GetElapsedTime(host.Began);
        TestContext.Current.TestOutputHelper!.WriteLine($"{took.TotalSeconds:0.0} s");
        Assert.Matches(@"All \d+ checks held", host.Output);
        Assert.DoesNotContain('\u001b', host.Output);
        Assert.Equal("", host.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
        File.Delete(history);
    }

    private static void AssertNoStackTrace(HostProcess host) =>
        Assert.DoesNotContain("   at ", host.Errors + host.Output, StringComparison.Ordinal);
}
