using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>Each statement about Lambda, its verdict, the tests that show it, their numbers, and AWS's page.</summary>
public sealed partial class ClaimsLedger
{
    private const string Document = "docs/CLAIMS.md";

    private static readonly ILookup<string, ClaimedTest> Proofs = ClaimedTest.All
        .SelectMany(test => test.Claims, (test, claim) => (Claim: claim, Test: test))
        .ToLookup(proof => proof.Claim, proof => proof.Test);

    [Fact]
    public void The_ledger_is_what_the_claims_the_tests_and_the_measurements_say() =>
        new GeneratedPart(Document, "the claims").Hold([.. Counts(), .. Claim.All
            .GroupBy(claim => claim.Subject).SelectMany(group => Section(group.Key, group))]);

    [Fact]
    public void Every_claim_is_there_once_and_every_mark_names_one()
    {
        Assert.Distinct(Claim.All.Select(claim => claim.Id));
        Assert.Subset(Claim.All.Select(claim => claim.Id).ToHashSet(), Proofs.Select(proof => proof.Key).ToHashSet());
    }

    [Fact]
    public void A_claim_that_is_not_shown_says_what_it_needs() =>
        Assert.All(Claim.All, claim => Assert.True(
            claim.Needs is not null || Proofs[claim.Id].Any(), $"{claim.Id} has neither a test nor needs."));

    [Fact]
    public void Every_measurement_is_of_a_story_that_shows_the_claim_and_measures_still()
    {
        foreach (var measured in Measurement.All)
        {
            var story = Assert.Single(
                Story.All, story => $"{story.Class}.{story.Name}" == measured.Story
                    && story.Path.StartsWith("tests/System.Tests/", StringComparison.Ordinal));
            Assert.Contains(measured.Claim, MeasuredBy(story));
            Assert.Contains(Proofs[measured.Claim], test => $"{test.Class}.{test.Name}" == measured.Story);
        }
    }

    [Fact]
    public void Every_story_that_measures_has_a_measurement()
    {
        var lacking =
            from story in Story.All
            from claim in MeasuredBy(story)
            where Measurement.All.All(measured => measured.Claim != claim)
            select $"{story.Class}.{story.Name} measures {claim}; {Document} says how to write the number down";

        Assert.Empty(lacking);
    }

    private static IEnumerable<string> MeasuredBy(Story story) =>
        Measuring().Matches(story.Body).Select(call => call.Groups["claim"].Value);

    [GeneratedRegex(@"Measured\.Write\(\s*""(?<claim>\w+)""")]
    private static partial Regex Measuring();

    private static IEnumerable<string> Counts()
    {
        string[] states = ["shown", "shown in part", "not shown"];
        yield return $"| | {string.Join(" | ", Claim.Verdicts)} | all |";
        yield return $"| --- |{string.Concat(Claim.Verdicts.Append("").Select(_ => " --- |"))}";
        foreach (var state in states) yield return Count(state, [.. Claim.All.Where(claim => State(claim) == state)]);
        yield return Count("all", Claim.All);
    }

    private static string Count(string name, IReadOnlyList<Claim> claims)
    {
        var counts = Claim.Verdicts.Select(verdict => claims.Count(claim => claim.Verdict == verdict));
        return $"| {name} | {string.Join(" | ", counts)} | {claims.Count} |";
    }

    private static IEnumerable<string> Section(string subject, IEnumerable<Claim> claims)
    {
        string[] table = ["| | claim | verdict | shown by | AWS |", "| --- | --- | --- | --- | --- |"];
        var rows = claims.Select(claim => $"| {string.Join(" | ", Cells(claim))} |");
        return ["", $"## {subject}", "", .. table, .. rows];
    }

    private static IEnumerable<string> Cells(Claim claim)
    {
        yield return claim.Id;
        yield return claim.Text;
        yield return claim.Today is null ? $"**{claim.Verdict}**" : $"**{claim.Verdict}**: {claim.Today}";
        yield return string.Join("<br>", Shown(claim));
        yield return $"[{claim.Page.Split('/')[^1]}](https://docs.aws.amazon.com/{claim.Page}.html)";
    }

    private static string State(Claim claim) => (Proofs[claim.Id].Any(), claim.Needs) switch
    {
        (true, null) => "shown",
        (true, _) => "shown in part",
        _ => "not shown",
    };

    private static IEnumerable<string> Shown(Claim claim)
    {
        foreach (var (title, path) in Proofs[claim.Id].Select(test => (test.TitleFor(claim.Id), test.Path)).Distinct())
            yield return $"[{title}](../{path})";
        foreach (var measured in Measurement.All.Where(measured => measured.Claim == claim.Id))
            yield return $"{string.Join("; ", measured.Numbers)} ({measured.Date}, {measured.On})";
        if (claim.Needs is not null) yield return $"*{State(claim)}*: needs {claim.Needs}";
    }
}
