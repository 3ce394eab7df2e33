using System.Text.Json.Nodes;
using Isobar.Stories.Api;

namespace Isobar.Stories.Application;

/// <summary>From a landed file to the months of its station, all over the deployed stack.</summary>
[Collection(OneStack.Name)]
public sealed class MonthStories(StackFixture stack)
{
    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Event source mapping: a DynamoDB stream, with a filter", "FinalizeFunction.Finished")]
    [Concept("Event source mapping: SQS FIFO", "SummarizeFunction.Shards")]
    public async Task A_stations_months_are_those_that_Python_computes_from_its_file_to_the_last_digit()
    {
        const string Station = "XIQ00000001";
        var file = Months.FileOf(Station);
        var landed = await stack.Landings.PutAsync("months/golden.csv", file);
        var months = await Months.OfVersionAsync(stack, Station, landed.VersionId);

        await AssertGoldenAsync(file, Station, months);
        Assert.All(
            months["months"]!.AsArray(),
            month => Assert.Equal($"{stack.Stack.LandingBucket}/months/golden.csv", (string?)month!["source"]!["key"]));
        using var api = stack.Api();
        var part = (await api.GetAsync($"stations/{Station}/months?from=2021-03&to=2021-05")).Expect(200);
        Assert.Equal(
            ["2021-03", "2021-04", "2021-05"], part["months"]!.AsArray().Select(month => (string?)month!["month"]));
        var list = (await api.GetAsync("stations?country=XI")).Expect(200);
        Assert.Contains(list["stations"]!.AsArray(), each => (string?)each!["id"] == Station);
    }

    /// <summary>Not on LocalStack, which sends the same sequencer with every S3 event: there either may stay.</summary>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task A_replayed_file_has_the_same_months_and_a_replaced_one_those_of_its_newest_version()
    {
        const string Station = "XIQ00000002";
        var file = Months.FileOf(Station);
        await stack.Landings.PutAsync("months/replaced.csv", file);
        var again = await stack.Landings.PutAsync("months/replaced.csv", file);
        await AssertGoldenAsync(file, Station, await Months.OfVersionAsync(stack, Station, again.VersionId));

        var half = file.AsSpan(0, file.Length / 2).ToArray();
        half = half[..(half.AsSpan().LastIndexOf((byte)'\n') + 1)];
        var newest = await stack.Landings.PutAsync("months/replaced.csv", half);
        await AssertGoldenAsync(half, Station, await Months.OfVersionAsync(stack, Station, newest.VersionId));
    }

    /// <summary>Not on LocalStack, for the same reason.</summary>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task What_an_older_version_once_caused_changes_nothing_when_it_comes_again()
    {
        const string Station = "XIQ00000003";
        var file = Months.FileOf(Station);
        var first = await stack.Landings.PutAsync("months/again.csv", file);
        await Months.OfVersionAsync(stack, Station, first.VersionId);
        var newest = await stack.Landings.PutAsync("months/again.csv", [.. file, (byte)'\n']);
        var before = await Months.OfVersionAsync(stack, Station, newest.VersionId);

        // What the older version's job once sent comes again, after what the newest one's did.
        var older = (await stack.SettleAsync(first)).Single();
        var response = await QueueEvents.InvokeAsync(
            stack.Stack, "SummarizeFunction", await SummaryMessagesAsync(older));

        Assert.Empty(response["batchItemFailures"]!.AsArray());
        var after = await Months.OfVersionAsync(stack, Station, newest.VersionId);
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        await AssertGoldenAsync(file, Station, before);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task What_there_is_not_is_a_problem_document()
    {
        using var api = stack.Api();
        (await api.GetAsync("stations/XIQ00000009/months")).ExpectProblem(404);
        (await api.GetAsync("stations/xiq/months")).ExpectProblem(404);
        (await api.GetAsync("stations/XIQ00000001/months?from=2021-13")).ExpectProblem(400);
        (await api.GetAsync("stations?country=Q")).ExpectProblem(400);
        (await api.GetAsync("stations?cursor=Q")).ExpectProblem(400);
    }

    private static async Task AssertGoldenAsync(byte[] file, string station, JsonNode months)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file);
            Assert.Equal(
                PythonMonths.Of(await PythonMonths.OfAsync(path), station), PythonMonths.Served(months));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>What Finalize sends of a job, one message for each of its shards.</summary>
    private async Task<string[]> SummaryMessagesAsync(Job job)
    {
        var shards = (await stack.Landings.ResultsAsync($"months/{job.Id}/"))
            .Select(entry => int.Parse(entry.Key.Split('/')[^1].Split('.')[0])).Order().ToArray();
        Assert.NotEmpty(shards);
        return
        [
            .. shards.Select(shard => new JsonObject
            {
                ["step"] = "Merge",
                ["source"] = new JsonObject
                {
                    ["bucket"] = stack.Stack.LandingBucket,
                    ["key"] = job.Source.Key,
                    ["versionId"] = job.Source.VersionId,
                    ["sequencer"] = job.Sequencer,
                },
                ["job"] = job.Id,
                ["shard"] = shard,
                ["shards"] = new JsonArray([.. shards.Select(each => JsonValue.Create(each))]),
            }.ToJsonString()),
        ];
    }
}
