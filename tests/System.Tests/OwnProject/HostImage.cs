using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Isobar.Stories.OwnProject;

/// <summary>
/// The image of infra/local/Dockerfile, built from what these tests were built with, and one container of it.
/// </summary>
internal sealed partial class HostImage : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly string name = "isobar-story-" + Guid.NewGuid().ToString("N")[..12];
    private readonly DirectoryInfo context = Directory.CreateTempSubdirectory("isobar-image-");

    /// <summary>Where the container's port 4580 is published: on loopback.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Builds and starts it; skips the story where there is no engine or no base image.</summary>
    /// <param name="project">The folder with the template, which the container sees as /project.</param>
    public async Task StartAsync(string project)
    {
        if ((await DockerAsync("version")).Status is var status && status != 0)
            Assert.Skip("No Docker engine answers.");
        var published = await RunAsync(
            "dotnet", "publish", Repository.In("infra", "local"), "--no-build", "-c", Repository.Configuration,
            "-o", context.FullName, "-p:AllowStandIns=true");
        Assert.True(published.Status == 0, published.Output);
        var image = Environment.GetEnvironmentVariable("ISOBAR_IMAGE_BASE");
        var built = await DockerAsync(
            ["build", "-t", name, "-f", Repository.In("infra", "local", "Dockerfile"),
                .. image is null ? (string[])[] : ["--build-arg", $"BASE={image}"], context.FullName]);
        if (built.Status != 0 && image is null && NoImage().IsMatch(built.Output))
            Assert.Skip("The base image can't be fetched, and ISOBAR_IMAGE_BASE names no other: " + built.Output);
        Assert.True(built.Status == 0, built.Output);
        await SucceedsAsync(
            "run", "-d", "--name", name, "-p", "127.0.0.1::4580", "-v", $"{project}:/project:ro", name);
        var port = await SucceedsAsync("port", name, "4580");
        Address = new Uri($"http://{port.Trim()}");
    }

    /// <summary>Waits for the health check's word, healthy or unhealthy, or for the container's end.</summary>
    public async Task<string> HealthAsync()
    {
        var start = new ProcessStartInfo(
            "docker",
            ["events", "--since", "1", "--filter", $"container={name}",
                "--filter", "event=health_status", "--filter", "event=die"])
        {
            RedirectStandardOutput = true,
        };
        using var events = Process.Start(start)!;
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            var line = await events.StandardOutput.ReadLineAsync(bound.Token);
            return Health().Match(line ?? "") is { Success: true } match ? match.Groups["health"].Value : $"{line}";
        }
        finally
        {
            events.Kill();
        }
    }

    public Task<string> InsideAsync(params string[] command) => SucceedsAsync(["exec", name, .. command]);

    public async Task<string> LogsAsync() => await SucceedsAsync("logs", name);

    public async ValueTask DisposeAsync()
    {
        await DockerAsync("rm", "-f", name);
        await DockerAsync("rmi", "-f", name);
        context.Delete(recursive: true);
    }

    private static async Task<string> SucceedsAsync(params string[] arguments)
    {
        var (status, output) = await DockerAsync(arguments);
        Assert.True(status == 0, output);
        return output;
    }

    private static Task<(int Status, string Output)> DockerAsync(params string[] arguments) =>
        RunAsync("docker", arguments);

    private static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var bound = new CancellationTokenSource(Bound);
            var errors = process.StandardError.ReadToEndAsync(bound.Token);
            var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return (process.ExitCode, output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {program} on this machine.");
            throw;
        }
    }

    [GeneratedRegex("manifest|pull|resolve source metadata|lookup|registry", RegexOptions.IgnoreCase)]
    private static partial Regex NoImage();

    [GeneratedRegex(@"health_status: (?<health>\w+)")]
    private static partial Regex Health();
}
