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
        await DockerCommand.RequireEngineAsync();
        var published = await DockerCommand.RunAsync(
            "dotnet", "publish", Repository.In("infra", "local"), "--no-build", "-c", Repository.Configuration,
            "-o", context.FullName, "-p:AllowStandIns=true");
        Assert.True(published.Status == 0, published.Output);
        var image = Environment.GetEnvironmentVariable("ISOBAR_IMAGE_BASE");
        var built = await DockerCommand.RunAsync(
            "docker",
            ["build", "-t", name, "-f", Repository.In("infra", "local", "Dockerfile"),
                .. image is null ? (string[])[] : ["--build-arg", $"BASE={image}"], context.FullName]);
        if (built.Status != 0 && image is null && DockerCommand.LacksImage(built.Output))
            Assert.Skip("The base image can't be fetched, and ISOBAR_IMAGE_BASE names no other: " + built.Output);
        Assert.True(built.Status == 0, built.Output);
        await DockerCommand.SucceedsAsync(
            "run", "-d", "--name", name, "-p", "127.0.0.1::4580", "-v", $"{project}:/project:ro", name);
        var port = await DockerCommand.SucceedsAsync("port", name, "4580");
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

    public Task<string> InsideAsync(params string[] command) => DockerCommand.SucceedsAsync(["exec", name, .. command]);

    public async Task<string> LogsAsync() => await DockerCommand.SucceedsAsync("logs", name);

    public async ValueTask DisposeAsync()
    {
        await DockerCommand.RunAsync("docker", "rm", "-f", name);
        await DockerCommand.RunAsync("docker", "rmi", "-f", name);
        context.Delete(recursive: true);
    }

    [GeneratedRegex(@"health_status: (?<health>\w+)")]
    private static partial Regex Health();
}
