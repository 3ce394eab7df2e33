using System.ComponentModel;
using System.Diagnostics;

namespace Isobar.Functions.Tests.Edge;

/// <summary>The tests of the edge functions, which are Node.js's own.</summary>
public sealed class NodeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_edge_functions_pass_the_tests_that_Node_runs()
    {
        var folder = Path.Combine(Root(), "tests", "edge");
        var files = Directory.GetFiles(folder, "*.test.mjs").Order(StringComparer.Ordinal);
        var (exitCode, output) = await RunAsync(folder, ["--test", "--test-reporter=spec", .. files]);

        TestContext.Current.TestOutputHelper!.WriteLine(output);
        Assert.True(exitCode == 0, output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Set by a Node.js test runner for its children; inherited, it would change how the tests report.
        start.Environment.Remove("NODE_TEST_CONTEXT");
        using var limit = new CancellationTokenSource(Bound);
        try
        {
            using var process = Process.Start(start)!;
            await using var ended = limit.Token.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"Node.js is not on this machine: {e.Message}");
            throw;
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Isobar.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Isobar.slnx above the tests.");
        return folder.FullName;
    }
}
