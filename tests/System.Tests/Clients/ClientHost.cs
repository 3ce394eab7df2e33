using System.Diagnostics;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Clients;

/// <summary>
/// A host that is up, and programs that are pointed at it as its own words tell people to. On another target its shared
/// stack takes the host's place.
/// </summary>
/// <remarks>It starts when a story asks for it.</remarks>
public sealed class ClientHost(StackFixture shared) : IAsyncLifetime
{
    private readonly LazyStart<UpHost> host = new(async () =>
    {
        var (process, address) = await HostProcess.UpAsync(new HostSurroundings
        {
            Arguments = ["--runtime-clients", NodeRuntimeClient.Folder],
        });
        return new UpHost(process, address);
    });

    internal Uri Address => StoryTarget.IsLocal ? host.Value.Address : shared.Stack.Place.Of("sts");

    internal string StackName => StoryTarget.IsLocal ? "isobar" : shared.Stack.Name;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (host.Started is { } started) await started.Process.DisposeAsync();
    }

    /// <summary>Runs a program to its end; skips the story where there is no such program.</summary>
    /// <returns>What it printed.</returns>
    internal async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (status, output, errors) = await TryAsync(program, arguments);
        if (errors.Contains("No module named 'boto3'", StringComparison.Ordinal))
            Assert.Skip("python3 has no boto3 here.");
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)}: {status}\n{output}{errors}");
        return output;
    }

    /// <summary>Starts a program that prints lines until it is stopped.</summary>
    internal FollowedProgram Follow(string program, params string[] arguments) => new(Start(program, arguments));

    internal async Task<(int Status, string Output, string Errors)> TryAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Start(program, arguments))!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output, await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"There is no {program} on this machine.");
            throw;
        }
    }

    private ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsAws).ToArray()) start.Environment.Remove(name);
        start.Environment["AWS_ENDPOINT_URL"] = Address.GetLeftPart(UriPartial.Authority);
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["ISOBAR_STACK"] = StackName;
        // No profile of this machine's, and no credentials from a network that is not there.
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = "";
        return start;
    }

    private static bool IsAws(string name) => name.StartsWith("AWS_", StringComparison.Ordinal);

    private sealed record UpHost(HostProcess Process, Uri Address);
}
