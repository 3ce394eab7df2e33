using System.Text.Json.Nodes;
using Isobar.Local.Costs;
using Isobar.Local.Edge.Invalidations;
using Isobar.Stories.Documents;

namespace Isobar.Stories.Website;

/// <summary>Pages that are published anew, and CloudFront told so by the stock AWS command line.</summary>
[Collection(OneStack.Name)]
public sealed class InvalidationStories(StackFixture fixture) : IDisposable
{
    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    public async Task A_page_that_is_published_anew_is_seen_when_its_invalidation_is_completed()
    {
        _ = viewers.Address;
        await viewers.PutAsync("told.json", "1", "application/json");
        await viewers.PutAsync("told-more.json", "1", "application/json");
        await viewers.PutAsync("untold.json", "1", "application/json");
        await SeeAsync("1", "1", "1");
        foreach (var page in (string[])["told.json", "told-more.json", "untold.json"])
            await viewers.PutAsync(page, "2", "application/json");
        await SeeAsync("1", "1", "1");
        var (begun, before) = (fixture.Host.Journal.LastSequence, fixture.Host.Accountant.Read());

        var printed = await RunAsync("""
            id=$(aws cloudfront list-distributions --query 'DistributionList.Items[0].Id' --output text)
            made=$(aws cloudfront create-invalidation --distribution-id "$id" --paths '/told*' \
              --query Invalidation.Id --output text)
            aws cloudfront wait invalidation-completed --distribution-id "$id" --id "$made"
            aws cloudfront get-invalidation --distribution-id "$id" --id "$made"
            """);

        await SeeAsync("2", "2", "1");
        var invalidation = JsonNode.Parse(printed)!["Invalidation"]!;
        Assert.Equal("Completed", (string?)invalidation["Status"]);
        var fact = Assert.Single(fixture.Facts<EdgeInvalidated>(begun));
        Assert.Equal(((string?)invalidation["Id"], 2), (fact.Id, fact.Forgotten));
        Assert.Equal(1, fixture.Host.Accountant.Read().Since(before).Of(Meter.InvalidationPaths));
    }

    private async Task SeeAsync(string told, string toldMore, string untold) => Assert.Equal(
        (told, toldMore, untold), (
            await viewers.PageAsync("/told.json"), await viewers.PageAsync("/told-more.json"),
            await viewers.PageAsync("/untold.json")));

    private async Task<string> RunAsync(string script)
    {
        using var home = new TemporaryHome();
        var shell = new ClientShell(fixture.Host.Address, home.Surroundings.Variables);
        var (status, output, errors) = await shell.RunAsync("set -euo pipefail\n" + script);
        Assert.True(status == 0, output + errors);
        return output;
    }
}
