using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests;

/// <summary>Runs a script of this project under Python with boto3: a client that nobody here wrote.</summary>
internal static class PythonClient
{
    /// <summary>Runs a script; skips the test, with the reason, where Python or boto3 is missing.</summary>
    /// <param name="script">Relative to the test project.</param>
    /// <param name="endpoint">The script's first argument.</param>
    /// <param name="more">Its others.</param>
    /// <returns>The JSON that it prints.</returns>
    public static async Task<JsonNode> RunAsync(string script, Uri endpoint, params string[] more)
    {
        var path = Path.Combine(AppContext.BaseDirectory, script);
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", [path, endpoint.ToString(), .. more])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            if (python.ExitCode != 0 && (await errors).Contains("ModuleNotFoundError", StringComparison.Ordinal))
                Assert.Skip("python3 has no boto3 on this machine.");
            Assert.True(python.ExitCode == 0, await errors);
            return JsonNode.Parse(output)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }
    }
}
