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

    private static readonly NpmPackages Packages = new(Folder, InstallBound, "--ignore-scripts");

    private static readonly Dictionary<string, string> Variables = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Runs a script; skips the test, with the reason, where Node.js or the packages can't be had.</summary>
    /// <param name="script">Relative to the test project: <c>Services/Sqs/round-trip.mjs</c>.</param>
    /// <param name="endpoint">The script's first argument.</param>
    /// <param name="arguments">Those that follow.</param>
    /// <exception cref="InvalidOperationException">The script failed; the message holds what it said.</exception>
    public static async Task<JsonElement> RunAsync(string script, Uri endpoint, params string[] arguments)
    {
        if (await Packages.WhyNotAsync() is { } reason) Assert.Skip(reason);
        var (exitCode, output, error) = await NpmPackages.RunAsync(
            Folder, "node", [Path.Combine(Folder, script), endpoint.ToString(), .. arguments], ScriptBound, Variables);
        if (exitCode != 0) throw new InvalidOperationException($"{script} ended with {exitCode}:\n{error}\n{output}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
