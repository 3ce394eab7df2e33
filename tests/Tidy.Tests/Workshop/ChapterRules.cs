using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Workshop;

/// <summary>
/// Every chapter of docs/workshop has the same parts, and its links to code lead to the lines that they name. That the
/// commands print what is shown is tested by tests/System.Tests/Workshop.
/// </summary>
public sealed partial class ChapterRules
{
    private const string Folder = "docs/workshop";

    private static readonly string[] Parts =
        ["The idea", "Read", "Run it", "Break it", "Question", "On AWS", "Clean up"];

    public static TheoryData<string> Chapters => [.. Files()];

    [Fact]
    public void The_contents_list_every_chapter_in_order()
    {
        var listed = Listed().Matches(Repository.Text($"{Folder}/README.md"))
            .Select(link => (Title: link.Groups["title"].Value, File: link.Groups["file"].Value)).ToArray();

        Assert.Equal(Files().Select(file => (Title(file), Path.GetFileName(file))), listed);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_has_its_number_its_length_and_all_parts_in_order(string chapter)
    {
        var lines = Repository.Lines(chapter);
        var number = int.Parse(Path.GetFileName(chapter)[..2], System.Globalization.CultureInfo.InvariantCulture);

        Assert.StartsWith($"# {number}. ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^About (20|25|30|35|40) minutes\. ", lines[2]);
        Assert.Equal(Parts, lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_chapter_has_a_diagram_code_to_read_a_folded_answer_AWSs_page_and_a_reset(string chapter)
    {
        Assert.Contains("```mermaid\n", Part(chapter, "The idea"), StringComparison.Ordinal);
        Assert.True(
            LineLink().Count(Part(chapter, "Read")) >= 2, "Read links to at least two lines of template and code.");
        Assert.Contains("```console\n$ . docs/workshop/setup.sh\n", Part(chapter, "Run it"), StringComparison.Ordinal);
        Assert.Contains("```console", Part(chapter, "Break it"), StringComparison.Ordinal);
        Assert.Matches(
            @"<details><summary>Answer</summary>\n\n[\s\S]+\n\n</details>", Part(chapter, "Question"));
        Assert.Contains("https://docs.aws.amazon.com/", Part(chapter, "On AWS"), StringComparison.Ordinal);
        Assert.Matches(@"\bcosts?\b", Part(chapter, "On AWS"));
        Assert.Contains("$ isobar reset\n", Part(chapter, "Clean up"), StringComparison.Ordinal);
    }

    /// <summary>With ISOBAR_UPDATE=1 the numbers are written anew.</summary>
    [Theory]
    [MemberData(nameof(Chapters))]
    public void A_link_to_a_line_leads_to_the_line_that_has_the_words_of_the_link(string chapter)
    {
        var text = Repository.Text(chapter);
        var right = LineLink().Replace(text, link =>
        {
            var (target, words) = (link.Groups["target"].Value, link.Groups["words"].Value);
            var path = Path.GetRelativePath(
                Repository.Root, Path.Combine(Repository.Root, Folder, target));
            return $"[`{words}`]({target}#L{LineOf(path, words, int.Parse(link.Groups["line"].ValueSpan))})";
        });
        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, chapter), right);
        else Assert.Equal(right, text);
    }

    // The line of the link if it has the words; else the first one that begins with them, else the first that has them.
    private static int LineOf(string path, string words, int line)
    {
        var lines = Repository.Lines(path);
        if (line <= lines.Length && lines[line - 1].Contains(words, StringComparison.Ordinal)) return line;
        var at = Array.FindIndex(lines, text => text.TrimStart().StartsWith(words, StringComparison.Ordinal));
        if (at < 0) at = Array.FindIndex(lines, text => text.Contains(words, StringComparison.Ordinal));
        Assert.True(at >= 0, $"{path} has no line with '{words}'.");
        return at + 1;
    }

    private static IEnumerable<string> Files() =>
        Repository.Files(Folder, ".md").Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0]));

    private static string Title(string chapter)
    {
        var first = Repository.Lines(chapter)[0];
        return first[(first.IndexOf(". ", StringComparison.Ordinal) + 2)..];
    }

    private static string Part(string chapter, string name)
    {
        var text = Repository.Text(chapter);
        var begin = text.IndexOf($"\n## {name}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{chapter} has no part '{name}'.");
        var end = text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return end < 0 ? text[begin..] : text[begin..end];
    }

    [GeneratedRegex(@"^\d+\. \[(?<title>[^\]]+)\]\((?<file>\d\d-[a-z-]+\.md)\)$", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\[`(?<words>[^`]+)`\]\((?<target>[^)#\s]+)#L(?<line>\d+)\)")]
    private static partial Regex LineLink();
}
