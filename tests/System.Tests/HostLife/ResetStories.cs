using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

namespace Isobar.Stories.HostLife;

/// <summary><c>isobar reset</c>: the host is empty, and everything is where it was.</summary>
public sealed class ResetStories
{
    [Fact]
    public async Task After_a_reset_nothing_is_left_and_names_addresses_and_time_are_as_before()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var ending = host;
        using var http = new HttpClient { BaseAddress = address };
        using var advanced = await http.PostAsync(
            "/_isobar/clock/advance",
            new StringContent("""{"by":"PT2H"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(200, (int)advanced.StatusCode);
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        await stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = stack.LandingBucket, Key = "csv/by_station/XIR00000001.csv",
            ContentBody = "XIR00000001,20240101,TMAX,100,,,W,\n",
        });

        // It is not waited for: work that is under way goes, too.
        var (status, printed) = await ResetAsync(address);

        Assert.True(status == 0, printed);
        Assert.Matches(@"^The host is empty, after \d+\.\d\d s\.", printed);
        using var after = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        Assert.Equal(Names(stack), Names(after));
        Assert.Empty((await after.S3.ListVersionsAsync(after.LandingBucket)).Versions ?? []);
        var clock = (await http.GetFromJsonAsync<JsonObject>("/_isobar/clock"))!;
        Assert.True(System.Xml.XmlConvert.ToTimeSpan((string)clock["ahead"]!) > TimeSpan.FromMinutes(119));
        var data = Assert.Single(Directory.EnumerateDirectories(host.Temporary, "isobar-host-*"));
        Assert.Single(Directory.EnumerateDirectories(data));

        static string[] Names(DeployedStack stack) =>
            [stack.LandingBucket, stack.JobsTable, stack.ChunksQueueUrl, stack.NameOf("IntakeFunction")];
    }

    [Fact]
    public async Task A_host_can_be_reset_again_and_says_so_where_it_runs()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var ending = host;

        await ResetAsync(address);
        await ResetAsync(address);

        await ProcessTable.UntilAsync(
            () => host.Output.Split('\n').Count(
                line => line == "The host was reset: it is empty, and its names and addresses are as before.") == 2,
            host.Output);
    }

    [Fact]
    public async Task A_page_on_another_site_cannot_reset_it()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var ending = host;
        using var http = new HttpClient { BaseAddress = address };

        using var answer = await http.PostAsync("/_isobar/reset", new StringContent("null"));

        Assert.Equal(415, (int)answer.StatusCode);
        Assert.Equal(0, (int)(await http.GetFromJsonAsync<JsonObject>("/_isobar/reset"))!["resets"]!);
    }

    [Fact]
    public async Task Where_no_host_answers_the_command_says_so()
    {
        var (status, printed) = await ResetAsync(new Uri("http://127.0.0.1:1"));

        Assert.Equal(1, status);
        Assert.Contains("No host answers at http://127.0.0.1:1", printed, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Printed)> ResetAsync(Uri address)
    {
        await using var command = HostProcess.Start("reset", "--endpoint", address.GetLeftPart(UriPartial.Authority));
        var status = await command.EndAsync();
        return (status, command.Output + command.Errors);
    }
}
