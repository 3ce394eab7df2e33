using System.Globalization;
using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests;

/// <summary>What the documents beside the code point to is there.</summary>
public sealed partial class Documents
{
    [Fact]
    public void Every_link_of_a_document_leads_to_a_file_or_folder()
    {
        var broken =
            from document in Repository.Files("", ".md")
            from Match link in Link().Matches(Repository.Text(document))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':')
            where !Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{document}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_path_that_a_document_names_from_the_root_is_there()
    {
        var broken =
            from document in Repository.Files("", ".md")
            from Match path in RootPath().Matches(Repository.Text(document))
            where !Exists(path.Groups["path"].Value)
            select $"{document}: {path.Groups["path"].Value}";

        Assert.Empty(broken);
    }

    [Fact]
    public void The_map_of_the_README_says_how_large_each_part_is()
    {
        var rows = MapRow().Matches(Repository.Text("README.md"))
            .Select(row => (Folder: row.Groups["folder"].Value, Said: Number(row.Groups["lines"].Value))).ToArray();

        Assert.True(rows.Length >= 7, "The map has fewer folders than it should.");
        foreach (var (folder, said) in rows)
        {
            var lines = Repository.Files(folder, ".cs").Concat(Repository.Files(folder, ".mjs"))
                .Concat(Repository.Files(folder, ".js")).Concat(Repository.Files(folder, ".py"))
                .Sum(file => Repository.Text(file).Split('\n').Count(line => !string.IsNullOrWhiteSpace(line)));
            Assert.True(Math.Abs(lines - said) <= said / 6, $"{folder} has {lines} lines; the README says {said}.");
        }
    }

    private static int Number(string text) =>
        int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    // A row of the map: a link to a folder first, a rounded number last.
    [GeneratedRegex(@"^\| \[(?<folder>[a-z/]+)\]\([a-z/]+\) \|.*\| (?<lines>[\d,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex MapRow();

    // In backticks, from the root's own folders; names with a placeholder, an ellipsis or a wildcard are no paths.
    [GeneratedRegex(@"`(?<path>(functions|layers|extensions|edge|infra|build|samples|tests)/[\w./-]*\w/?)`")]
    private static partial Regex RootPath();
}
