using System.Text.RegularExpressions;

namespace Isobar.Stories.Workshop;

/// <summary>What a chapter asks its reader to do, or shows.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
internal abstract record ChapterStep(int Line);

/// <summary>A command of a chapter, with the lines that the chapter shows below it.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Text">As it is typed; it may have several lines.</param>
/// <param name="Shown">The lines of output in the chapter.</param>
/// <param name="Fails">Whether it is there to fail.</param>
/// <param name="Differs">What differs from run to run, besides the usual, as a regular expression; or null.</param>
internal sealed record ChapterCommand(
    int Line, string Text, IReadOnlyList<string> Shown, bool Fails, string? Differs) : ChapterStep(Line);

/// <summary>Lines that the host prints where it runs.</summary>
/// <param name="Line">The line of the block in the file, from 1.</param>
/// <param name="Pattern">A regular expression for the lines that are meant.</param>
/// <param name="Shown">The lines in the chapter.</param>
internal sealed record ChapterLog(int Line, string Pattern, IReadOnlyList<string> Shown, string? Differs)
    : ChapterStep(Line);

/// <summary>The host is stopped in its own terminal, and started anew with other options.</summary>
/// <param name="Line">The line of the command in the file, from 1.</param>
/// <param name="Text">As it is typed: <c>isobar up</c> with its options.</param>
internal sealed record ChapterUp(int Line, string Text) : ChapterStep(Line);

/// <summary>
/// A chapter of the workshop, read for the commands in it. A block <c>console</c> holds commands, each after a dollar
/// sign, and what they print; <c>console fails</c> the same for a command that is there to fail; <c>console account</c>
/// commands that need an AWS account; <c>console up</c> the command that starts the host anew, in its own terminal;
/// <c>log PATTERN</c> what the host prints there.
/// </summary>
internal sealed partial class Chapter
{
    private readonly string[] lines;

    private Chapter(string path, string[] lines) => (Path, this.lines) = (path, lines);

    public string Path { get; }

    /// <summary>Whether its commands call the website, which is there only where Node.js is.</summary>
    public bool UsesWebsite => lines.Any(line => line.Contains("$WEBSITE", StringComparison.Ordinal));

    /// <summary>The chapters' files in their order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.In("docs", "workshop"), "*.md")
            .Where(file => char.IsAsciiDigit(System.IO.Path.GetFileName(file)[0]))
            .Order(StringComparer.Ordinal)];

    public static Chapter Read(string path) => new(path, File.ReadAllLines(path));

    /// <summary>Its commands and excerpts of the host's output, in order.</summary>
    public IEnumerable<ChapterStep> Steps()
    {
        string? differs = null;
        for (var at = 0; at < lines.Length; at++)
        {
            if (Difference().Match(lines[at]) is { Success: true } difference)
                differs = difference.Groups["pattern"].Value;
            if (Fence().Match(lines[at]) is not { Success: true } fence) continue;
            var end = Array.IndexOf(lines, "```", at + 1);
            if (end < 0) throw new InvalidDataException($"{Path}:{at + 1}: the block has no end.");
            foreach (var step in StepsOf(fence.Groups["info"].Value, at, end, differs)) yield return step;
            (at, differs) = (end, null);
        }
    }

    /// <summary>The file's text with other output below the commands.</summary>
    /// <param name="outputs">By the line of a command, or of a log's block, the lines to put there.</param>
    public string With(IReadOnlyDictionary<int, IReadOnlyList<string>> outputs)
    {
        var written = new List<string>();
        var steps = Steps().ToDictionary(step => step.Line);
        for (var at = 0; at < lines.Length; at++)
        {
            written.Add(lines[at]);
            if (!outputs.TryGetValue(at + 1, out var output)) continue;
            var (more, shown) = steps[at + 1] switch
            {
                ChapterCommand command => (command.Text.Count(c => c == '\n'), command.Shown.Count),
                ChapterLog log => (0, log.Shown.Count),
                _ => throw new InvalidOperationException(),
            };
            for (var next = 0; next < more; next++) written.Add(lines[++at]);
            written.AddRange(output);
            at += shown;
        }

        return string.Join('\n', written) + '\n';
    }

    private IEnumerable<ChapterStep> StepsOf(string info, int begin, int end, string? differs)
    {
        if (info.StartsWith("log ", StringComparison.Ordinal))
        {
            yield return new ChapterLog(begin + 1, info[4..], lines[(begin + 1)..end], differs);
            yield break;
        }

        if (info == "console up")
        {
            yield return new ChapterUp(begin + 2, string.Join('\n', lines[(begin + 1)..end])[2..]);
            yield break;
        }

        if (info is not ("console" or "console fails")) yield break;
        for (var at = begin + 1; at < end;)
        {
            if (!lines[at].StartsWith("$ ", StringComparison.Ordinal))
                throw new InvalidDataException($"{Path}:{at + 1}: a block 'console' begins with a command: $ …");
            var first = at;
            while (lines[at].EndsWith('\\') && at + 1 < end) at++;
            var text = string.Join('\n', lines[first..(at + 1)])[2..];
            var output = ++at;
            while (at < end && !lines[at].StartsWith("$ ", StringComparison.Ordinal)) at++;
            yield return new ChapterCommand(
                first + 1, text, lines[output..at], info == "console fails" && at == end, differs);
        }
    }

    [GeneratedRegex(@"^```(?<info>\S.*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- differs: (?<pattern>.+) -->$")]
    private static partial Regex Difference();
}
