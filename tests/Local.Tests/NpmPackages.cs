using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Isobar.Local.Tests;

/// <summary>The packages of a lock file, which npm installs into the lock file's own folder on first use.</summary>
internal sealed class NpmPackages
{
    // What npm says when it is the network that is missing, rather than that the lock file is wrong.
    private static readonly string[] SignsOfNoRegistry =
    [
        "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH",
        "ENOTCACHED", "E401", "E403", "E404", "E407", "E502", "E503",
    ];

    private static readonly TimeSpan VersionBound = TimeSpan.FromMinutes(1);

    private readonly string folder;
    private readonly TimeSpan bound;
    private readonly string[] options;
    private readonly Lazy<Task<string?>> installed;

    /// <param name="folder">Holds <c>package.json</c> and <c>package-lock.json</c>.</param>
    /// <param name="bound">How long npm may take.</param>
    /// <param name="options">Of <c>npm ci</c>.</param>
    public NpmPackages(string folder, TimeSpan bound, params string[] options)
    {
        (this.folder, this.bound, this.options) = (folder, bound, options);
        installed = new Lazy<Task<string?>>(InstallAsync);
    }

    /// <summary>Installs them unless they are there already.</summary>
    /// <returns>Why they are not there, or null when they are.</returns>
    /// <exception cref="InvalidOperationException">npm failed, and not for want of a registry.</exception>
    public Task<string?> WhyNotAsync() => installed.Value;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="environment">Variables beside this process's own.</param>
    /// <exception cref="TimeoutException">It took longer than its bound.</exception>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string folder, string program, IEnumerable<string> arguments, TimeSpan bound,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
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

    private async Task<string?> InstallAsync()
    {
        var stamp = Path.Combine(folder, "node_modules", ".installed-from");
        var wanted = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        try
        {
            await RunAsync(folder, "node", ["--version"], VersionBound);
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return null;
            var (exitCode, output, error) = await RunAsync(
                folder, "npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline", .. options], bound);
            if (exitCode != 0)
            {
                var said = $"npm ci ended with {exitCode}:\n{error}\n{output}";
                return SignsOfNoRegistry.Any(sign => said.Contains(sign, StringComparison.Ordinal))
                    ? "The packages of npm can't be fetched. " + said
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
}
