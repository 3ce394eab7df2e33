using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>A statement that people repeat about Lambda, from claims.yaml, which says what each member is.</summary>
internal sealed partial record Claim(
    string Id, string Subject, string Text, string Verdict, string? Today, string Page, string? Needs)
{
    // Before All, which needs it: statics are set in the order of the text.
    private static string[] Members { get; } = ["id", "claim", "verdict", "today", "aws", "needs"];

    public static IReadOnlyList<string> Verdicts { get; } = ["true", "dated", "partly", "false"];

    /// <summary>In the order of the ledger.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. Read("tests/Tidy.Tests/Stories/claims.yaml")];

    private static IEnumerable<Claim> Read(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Text(path)));
        foreach (var subject in ((YamlSequenceNode)yaml.Documents[0].RootNode).Children.Cast<YamlMappingNode>())
        {
            foreach (var claim in ((YamlSequenceNode)subject["claims"]).Children.Cast<YamlMappingNode>())
                yield return Of(claim, Member(subject, "subject")!);
        }
    }

    private static Claim Of(YamlMappingNode node, string subject)
    {
        string Required(string name) => Member(node, name)
            ?? throw new FormatException($"claims.yaml: {Member(node, "id")} lacks {name}.");

        Assert.Subset(Members.ToHashSet(), node.Children.Keys.Select(name => name.ToString()).ToHashSet());
        var claim = new Claim(
            Required("id"), subject, Required("claim"), Required("verdict"), Member(node, "today"), Required("aws"),
            Member(node, "needs"));
        Assert.Contains(claim.Verdict, Verdicts);
        Assert.Matches(PageName(), claim.Page);
        Assert.True(claim.Verdict == "true" || claim.Today is not null, $"{claim.Id} lacks today.");
        return claim;
    }

    private static string? Member(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value.ToString() : null;

    [GeneratedRegex("^[A-Za-z0-9/_-]+$")]
    private static partial Regex PageName();
}
