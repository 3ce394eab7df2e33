using System.Text;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>
/// What AWS Lambda was seen to do, asked of this host; the README beside this has the count, which these tests check.
/// </summary>
public sealed class RecordedLambdaTests
{
    private const int LeastCases = 60;
    private const double LeastAlike = 0.97;

    public static TheoryData<string> Cases => [.. LambdaCase.All.Select(recorded => recorded.Says)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_host_does_as_AWS_did_unless_the_table_says_otherwise(string says)
    {
        var recorded = LambdaCase.All.Single(one => one.Says == says);
        await using var world = await RecordedWorld.StartAsync(recorded);
        if (recorded.Differs is null)
        {
            await recorded.Check(world);
            return;
        }

        await recorded.Here!(world);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => recorded.Check(world));
    }

    [Fact]
    public void Enough_is_asked_and_nearly_all_of_it_is_alike()
    {
        var alike = LambdaCase.All.Count(recorded => recorded.Differs is null);
        Assert.InRange(LambdaCase.All.Count, LeastCases, int.MaxValue);
        Assert.InRange((double)alike / LambdaCase.All.Count, LeastAlike, 1);
    }

    [Fact]
    public void The_README_has_the_count()
    {
        var table = Table();
        var readme = RepositoryFile.Read("tests/Local.Tests/Recorded/Lambda/README.md");
        Assert.True(readme.Contains(table, StringComparison.Ordinal), $"The README's table should be\n\n{table}");
    }

    private static string Table()
    {
        var text = new StringBuilder("| about | cases | alike |\n| --- | ---: | ---: |\n");
        foreach (var group in LambdaCase.All.GroupBy(recorded => recorded.About))
            text.Append($"| {group.Key} | {group.Count()} | {group.Count(recorded => recorded.Differs is null)} |\n");
        var alike = LambdaCase.All.Count(recorded => recorded.Differs is null);
        text.Append($"| **all** | **{LambdaCase.All.Count}** | **{alike}** |\n");
        foreach (var recorded in LambdaCase.All.Where(recorded => recorded.Differs is not null))
            text.Append($"\n- {recorded.Says}: {recorded.Differs}\n");
        return text.ToString();
    }
}
