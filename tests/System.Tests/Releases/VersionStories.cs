using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;
using Isobar.Stories.Claims;

namespace Isobar.Stories.Releases;

/// <summary>Versions stay as they are, aliases move, and whoever calls names either in every form.</summary>
[Collection(StackOfReleases.Name)]
public sealed class VersionStories(ReleaseFixture stack)
{
    private const int Calls = 10_000;
    private const int Callers = 8;
    private const double Weight = 0.1;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <remarks>
    /// Five sigma and not three, so that the story does not fail by chance once in 400 runs; that the draw is even is
    /// shown within three with a seed, in the tests of the alias.
    /// </remarks>
    [Fact]
    [Claim("T6")]
    [Claim("V5")]
    public async Task A_tenth_of_ten_thousand_calls_of_an_alias_go_to_the_second_version_and_each_answer_names_its_own()
    {
        await stack.ConfigureAsync("Asked", new JsonObject { ["Description"] = "second" });
        Assert.Equal("2", (string?)(await stack.PublishAsync("Asked"))["Version"]);
        await stack.MoveAsync("Asked", new JsonObject
        {
            ["RoutingConfig"] = new JsonObject
            {
                ["AdditionalVersionWeights"] = new JsonObject { ["2"] = Weight },
            },
        });
        var watch = TimeProvider.System.GetTimestamp();

        var versions = (await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(Calls / Callers))))
            .SelectMany(each => each).ToList();

        var took = TimeProvider.System.GetElapsedTime(watch);
        var second = versions.Count(version => version == "2");
        var sigma = Math.Sqrt(Calls * Weight * (1 - Weight));
        Assert.Equal(Calls, versions.Count);
        Assert.All(versions, version => Assert.True(version is "1" or "2"));
        Assert.InRange(second, (Calls * Weight) - (5 * sigma), (Calls * Weight) + (5 * sigma));
        Measured.Write("T6",
            $"{second} of {Calls} calls at a weight of 0.1, "
            + $"{Math.Abs(second - (Calls * Weight)) / sigma:0.0} sigma off; "
            + $"{took.TotalSeconds:0.0} s with {Callers} callers");
    }

    [Fact]
    [Claim("V3")]
    [Claim("V4")]
    public async Task Every_caller_may_name_a_function_a_version_or_an_alias()
    {
        foreach (var form in ReleaseFixture.Forms)
        {
            var version = form is ":1" or ":live" ? "1" : "$LATEST";
            await InvokeAsync(form, version);
            await ThroughApiAsync(form, version);
            await ThroughQueueAsync(form, version);
            await ThroughDestinationAsync(form, version);
        }
    }

    [Fact]
    [Claim("V6")]
    public async Task A_promotion_and_a_rollback_are_one_update_each_and_no_trigger_setting_or_permission_changes()
    {
        const string alias = ":live";
        await stack.ConfigureAsync("Named", new JsonObject { ["Description"] = "next" });
        var next = (string)(await stack.PublishAsync("Named"))["Version"]!;
        await ThroughQueueAsync(alias, "1");
        var before = await AroundAsync();

        await stack.MoveAsync("Named", new JsonObject { ["FunctionVersion"] = next });
        await ThroughApiAsync(alias, next);
        await ThroughQueueAsync(alias, next);
        await ThroughDestinationAsync(alias, next);
        await stack.MoveAsync("Named", new JsonObject { ["FunctionVersion"] = "1" });
        await ThroughApiAsync(alias, "1");
        await ThroughQueueAsync(alias, "1");
        await ThroughDestinationAsync(alias, "1");

        Assert.Equal(before, await AroundAsync());
    }

    // What is around the alias: mappings, settings of asynchronous invocation, destinations, the API.
    private async Task<string> AroundAsync()
    {
        var calls = stack.Stack.Stack.Calls;
        var texts = new List<string>
        {
            (await calls.LambdaAsync(HttpMethod.Get, "/2015-03-31/event-source-mappings/")).ToJsonString(),
        };
        foreach (var function in (string[])["Named", ReleaseFixture.IdOf(":live")])
            texts.Add((await calls.LambdaAsync(
                HttpMethod.Get, $"/2019-09-25/functions/{Name(function)}/event-invoke-config/list")).ToJsonString());
        return string.Join('\n', texts);
    }

    // The name, its ARN and a part of it, with the form behind them or in the query.
    private async Task InvokeAsync(string form, string version)
    {
        var name = Name("Named");
        string[] names =
        [
            name, $"{ModuleAccount}:function:{name}", $"arn:aws:lambda:us-east-1:{ModuleAccount}:function:{name}",
        ];
        foreach (var way in names)
        {
            Assert.Equal(version, await VersionOfAsync(Uri.EscapeDataString(way + form), ""));
            if (form.Length > 0)
                Assert.Equal(version, await VersionOfAsync(
                    Uri.EscapeDataString(way), "?Qualifier=" + Uri.EscapeDataString(form[1..])));
        }
    }

    private async Task ThroughApiAsync(string form, string version)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(stack.Call(form), new StringContent("{}"));
        var environment = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(version, (string?)environment["AWS_LAMBDA_FUNCTION_VERSION"]);
    }

    private async Task ThroughQueueAsync(string form, string version)
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await stack.SendAsync($"{ReleaseFixture.IdOf(form)}Work", "{}");
        await StartedAsync(version, before);
    }

    private async Task ThroughDestinationAsync(string form, string version)
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await stack.Stack.InvokeAsync(ReleaseFixture.IdOf(form), "{}", "Event");
        await StartedAsync(version, before);
    }

    private Task<LogLineWritten> StartedAsync(string version, long after) => stack.Stack.Host.Journal
        .WaitForAsync<LogLineWritten>(
            line => line.FunctionName == Name("Named") && line.Platform
                && line.Line.StartsWith("START", StringComparison.Ordinal)
                && line.Line.TrimEnd().EndsWith($"Version: {version}", StringComparison.Ordinal),
            Bound, after);

    private const string ModuleAccount = "000000000000";

    private string Name(string function) => stack.Stack.Stack.NameOf(function);

    private async Task<string> VersionOfAsync(string function, string query)
    {
        using var answer = await stack.Stack.Stack.Calls.InvokeAsync(function, "{}", "RequestResponse", query);
        return answer.Headers.GetValues("X-Amz-Executed-Version").Single();
    }

    private async Task<List<string>> CallAsync(int calls)
    {
        var versions = new List<string>(calls);
        for (var call = 0; call < calls; call++) versions.Add(await VersionOfAsync($"{Name("Asked")}:live", ""));
        return versions;
    }
}
