using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Local.Tests;

/// <summary>
/// The AWS SDK for JavaScript as a client that nobody here wrote: runs a script of this project under Node.js against
/// an endpoint and returns the JSON it prints. The packages are those of <c>javascript/package-lock.json</c>, installed
/// beside the tests on first use.
/// </summary>
internal static class JavaScriptClient
{
    private static readonly TimeSpan InstallBound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ScriptBound = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "javascript");

    // What npm says when it is the network that is missing, rather than that the lock file is wrong.
    private static readonly string[] SignsOfNoRegistry =
    [
        "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH",
        "ENOTCACHED", "E401", "E403", "E404", "E407", "E502", "E503",
    ];

    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    /// <summary>Runs a script; skips the test, with the reason, where Node.js or the packages can't be had.</summary>
    /// <param name="script">Relative to the test project: <c>Services/Sqs/round-trip.mjs</c>.</param>
    /// <param name="endpoint">The script's first argument.</param>
    /// <param name="arguments">Those that follow.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message holds what it said.</exception>
    public static async Task<JsonElement> RunAsync(string script, Uri endpoint, params string[] arguments)
    {
        if (await Installed.Value is { } reason) Assert.Skip(reason);
        var (exitCode, output, error) = await RunAsync(
            "node", [Path.Combine(Folder, script), endpoint.ToString(), .. arguments], ScriptBound);
        if (exitCode != 0) throw new InvalidOperationException($"{script} ended with {exitCode}:\n{error}\n{output}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <returns>Why there is no client, or null when there is one.</returns>
    private static async Task<string?> InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed-from");
        var wanted = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        try
        {
            await RunAsync("node", ["--version"], ScriptBound);
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return null;
            var (exitCode, output, error) = await RunAsync(
                "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], InstallBound);
            if (exitCode != 0)
            {
                var said = $"npm ci ended with {exitCode}:\n{error}\n{output}";
                return SignsOfNoRegistry.Any(sign => said.Contains(sign, StringComparison.Ordinal))
                    ? "The packages of the AWS SDK for JavaScript can't be fetched. " + said
                    : throw new InvalidOperationException(said);
            }
        }
        catch (Win32Exception e)
        {
            return $"Node.js with npm is not on this machine: {e.Message}";
        }

        await File.WriteAllTextAsync(stamp, wanted);
        return null;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan bound)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_REGION"] = ModuleOnPortZero.Region,
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            },
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(bound);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {bound}.");
        }
    }
}
