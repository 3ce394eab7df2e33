using System.Text.RegularExpressions;

namespace Isobar.Stories.OwnProject;

/// <summary>A block of code of docs/LOCAL-HOST.md, and what the document says about it.</summary>
/// <param name="Language">As the fence names it.</param>
/// <param name="Source">The file that it is an excerpt of; empty for one that stands alone.</param>
/// <param name="Runs">Whether the document promises that it runs.</param>
/// <param name="Prints">What it then prints; null when the document does not say.</param>
internal sealed partial record Snippet(string Language, string Code, string Source, bool Runs, string? Prints)
{
    public static IReadOnlyList<Snippet> OfDocument { get; } =
        Parse(File.ReadAllText(Repository.In("docs", "LOCAL-HOST.md")));

    public static Snippet Running(string language) => OfDocument.Single(one => one.Runs && one.Language == language);

    private static List<Snippet> Parse(string text) =>
    [
        .. from Match block in Block().Matches(text)
           select new Snippet(
               block.Groups["language"].Value, block.Groups["code"].Value, block.Groups["source"].Value,
               block.Groups["run"].Success, block.Groups["prints"] is { Success: true } prints ? prints.Value : null),
    ];

    [GeneratedRegex(
        """
        <!--\ ((?<run>run)|from\ (?<source>\S+))\ -->\n
        ```(?<language>\w+)\n(?<code>.*?)```\n
        (\n<!--\ prints\ -->\n```\n(?<prints>.*?)```\n)?
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Block();
}
