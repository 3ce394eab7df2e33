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

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    // In backticks, from the root's own folders; names with a placeholder, an ellipsis or a wildcard are no paths.
    [GeneratedRegex(@"`(?<path>(functions|layers|extensions|edge|infra|build|samples|tests)/[\w./-]*\w/?)`")]
    private static partial Regex RootPath();
}
