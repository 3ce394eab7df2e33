using Isobar.Stories.Api;
using Isobar.Stories.Documents;

namespace Isobar.Stories.Lineage;

/// <summary>Explains what a stack has, and types the commands that it is answered into a shell.</summary>
internal sealed class ExplainShell(StackFixture stack)
{
    private const string WayBack = "way back        ";

    // The stack's key is the story's own, so it has the token as well.
    private const string Functions = """
        set -euo pipefail
        isobar() { if [ "$1" = token ]; then echo "$TOKEN"; else dotnet "$PROGRAM" "$@"; fi; }
        curl() { command curl --noproxy '*' --fail-with-body "$@"; }

        """;

    /// <summary>What the command prints.</summary>
    public Task<string> ExplainAsync(string what) =>
        RunAsync($"isobar explain '{what}' --stack-name '{stack.Stack.Name}'", goodFile: "");

    /// <summary>The commands in an explanation, in their order.</summary>
    public static IReadOnlyList<string> WaysBack(string explanation) =>
    [
        .. explanation.Split('\n').Where(line => line.StartsWith(WayBack, StringComparison.Ordinal))
            .Select(line => line[WayBack.Length..]),
    ];

    /// <summary>Explains something that failed, and runs the one command that is the way back.</summary>
    /// <param name="begins">How that command begins.</param>
    /// <returns>What the command printed.</returns>
    public async Task<string> GoBackAsync(string what, string begins, string goodFile = "")
    {
        var explanation = await ExplainAsync(what);
        var commands = WaysBack(explanation);
        Assert.True(
            commands is [var only] && only.StartsWith(begins, StringComparison.Ordinal),
            $"Not one command that begins with '{begins}':\n{explanation}");
        var command = commands[0];
        return await RunAsync(command, goodFile);
    }

    /// <summary>Whatever it is about, nothing of it has to be mended.</summary>
    public async Task AssertMendedAsync(string what)
    {
        var explanation = await ExplainAsync(what);
        Assert.True(WaysBack(explanation).Count == 0, explanation);
    }

    /// <summary>The same, where something may still be under way that nobody can wait for.</summary>
    public Task UntilMendedAsync(string what) => stack.UntilAsync(
        () => ExplainAsync(what), explanation => WaysBack(explanation).Count == 0);

    /// <summary>Runs a command that is no explanation's, as a document has it.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(string command) => RunAsync(command, goodFile: "");

    private async Task<string> RunAsync(string command, string goodFile)
    {
        // Not every stack has a key that a story can sign with, and not every command needs one.
        var token = command.Contains("isobar token", StringComparison.Ordinal) ? stack.Bearer() : "Bearer none";
        var shell = new ClientShell(stack.Stack.Place, new Dictionary<string, string>
        {
            ["PROGRAM"] = Repository.Host,
            ["TOKEN"] = token["Bearer ".Length..],
            ["GOOD_FILE"] = goodFile,
        });
        var (status, output, errors) = await shell.RunAsync(Functions + command);
        Assert.True(status == 0, $"{command}\n{status}\n{output}\n{errors}");
        return output;
    }
}
