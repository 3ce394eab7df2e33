using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Isobar.Stories;

/// <summary>Programs that a story about containers runs; without the program the story is skipped.</summary>
internal static partial class DockerCommand
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    /// <summary>Skips the story where no engine answers.</summary>
    public static async Task RequireEngineAsync()
    {
        if ((await RunAsync("docker", "version")).Status != 0) Assert.Skip("No Docker engine answers.");
    }

    /// <summary>Whether a build failed because an image could not be fetched.</summary>
    public static bool LacksImage(string output) => NoImage().IsMatch(output);

    /// <returns>What it printed.</returns>
    public static async Task<string> SucceedsAsync(params string[] arguments)
    {
        var (status, output) = await RunAsync("docker", arguments);
        Assert.True(status == 0, output);
        return output;
    }

    public static Task<(int Status, string Output)> RunAsync(string program, params string[] arguments) =>
        RunAsync(program, new Dictionary<string, string>(), arguments);

    /// <param name="variables">Added to the environment.</param>
    public static async Task<(int Status, string Output)> RunAsync(
        string program, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
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
}
