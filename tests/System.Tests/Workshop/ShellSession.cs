using System.Diagnostics;

namespace Isobar.Stories.Workshop;

/// <summary>A shell in which commands run one after the other, as a reader types them.</summary>
internal sealed class ShellSession : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly Process shell;
    private readonly string folder;
    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <param name="workingDirectory">Where the commands run.</param>
    /// <param name="folder">Scratch space of the session.</param>
    public ShellSession(
        string workingDirectory, string folder, IEnumerable<KeyValuePair<string, string>> variables)
    {
        this.folder = folder;
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        shell = Process.Start(start)!;
        // A reader sees an error in the middle of a pipe; we see it by the exit code.
        shell.StandardInput.WriteLine("set -o pipefail");
    }

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code, and the lines of its output and its errors as a terminal shows them.</returns>
    public async Task<(int Status, IReadOnlyList<string> Lines)> RunAsync(string command)
    {
        // In a file, so that no quote of the command meets one of ours; nothing reads our input.
        var file = Path.Combine(folder, "command.sh");
        await File.WriteAllTextAsync(file, command + "\n");
        await shell.StandardInput.WriteLineAsync(
            $". '{file}' </dev/null 2>&1; status=$?; printf '\\n%s %s\\n' {mark} \"$status\"");
        await shell.StandardInput.FlushAsync();
        using var bound = new CancellationTokenSource(Bound);
        var lines = new List<string>();
        while (await shell.StandardOutput.ReadLineAsync(bound.Token) is { } line)
        {
            if (!line.StartsWith(mark, StringComparison.Ordinal))
            {
                lines.Add(line.TrimEnd());
                continue;
            }

            while (lines is [.., ""]) lines.RemoveAt(lines.Count - 1);
            return (int.Parse(line[(mark.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture), lines);
        }

        throw new InvalidOperationException($"The shell ended in: {command}\n{string.Join('\n', lines)}");
    }

    /// <summary>The options of a command <c>isobar up</c>, as the shell expands them.</summary>
    public async Task<IReadOnlyList<string>> OptionsAsync(string command)
    {
        var (status, lines) = await RunAsync(
            $$"""
            (
            eval "typed_$(declare -f isobar)"
            isobar() { if [ "$1" = up ]; then printf '%s\n' "${@:2}"; else typed_isobar "$@"; fi; }
            {{command}}
            )
            """);
        return status == 0 ? lines
            : throw new InvalidOperationException($"{command}\nended with {status}:\n{string.Join('\n', lines)}");
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        shell.Kill(entireProcessTree: true);
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
