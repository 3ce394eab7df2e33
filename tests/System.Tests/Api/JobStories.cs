namespace Isobar.Stories.Api;

[Collection(OneStack.Name)]
[Concept(
    "Synchronous trigger: API Gateway, one function a route", "ApiListJobsFunction.Call", "ApiGetJobFunction.Call")]
public sealed class JobStories(StackFixture stack)
{
    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Claim("T1")]
    [Claim("S3")]
    [Claim("T3")]
    public async Task A_landed_file_is_the_first_job_of_the_list_and_shows_its_counts_and_its_timeline()
    {
        using var api = stack.Api();
        var landed = await stack.Landings.PutSampleAsync("api/shown.csv", "XIW00000001.csv");
        var record = (await stack.SettleAsync(landed)).Single();

        var listed = (await api.GetAsync("jobs?limit=1")).Expect(200);
        Assert.Equal(record.Id, (string?)listed["jobs"]!.AsArray().Single()!["id"]);

        var job = (await api.GetAsync($"jobs/{record.Id}")).Expect(200);
        Assert.Equal(
            ("finished", landed.Key, landed.VersionId),
            ((string?)job["state"], (string?)job["key"], (string?)job["versionId"]));
        Assert.Equal(
            (record.Rows, record.Accepted, record.Flagged, record.Missing, record.Malformed, true),
            ((long)job["counts"]!["rows"]!, (long)job["counts"]!["accepted"]!, (long)job["counts"]!["flagged"]!,
                (long)job["counts"]!["missing"]!, (long)job["counts"]!["malformed"]!, (bool)job["balanced"]!));
        Assert.Equal(["landed", "finished"], job["timeline"]!.AsArray().Select(each => (string?)each!["what"]));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task The_pages_of_the_list_hold_every_job_once()
    {
        using var api = stack.Api();
        var versions = new List<LandedVersion>();
        for (var number = 0; number < 5; number++)
            versions.Add(await stack.Landings.PutSampleAsync($"api/page/{number}.csv", "XIW00000001.csv"));
        var records = await stack.SettleAsync(versions);

        var ids = new List<string>();
        for (var path = "jobs?limit=2"; path is not null;)
        {
            var page = (await api.GetAsync(path)).Expect(200);
            Assert.InRange(page["jobs"]!.AsArray().Count, 1, 2);
            ids.AddRange(page["jobs"]!.AsArray().Select(job => (string)job!["id"]!));
            path = (string?)page["next"] is { } cursor ? $"jobs?limit=2&cursor={cursor}" : null;
        }

        Assert.Distinct(ids);
        Assert.Empty(records.Select(record => record.Id).Except(ids));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_job_that_is_not_there_is_a_problem_document()
    {
        using var api = stack.Api();
        (await api.GetAsync($"jobs/{new string('0', 64)}")).ExpectProblem(404);
        (await api.GetAsync("jobs/7")).ExpectProblem(404);
        (await api.PostAsync($"jobs/{new string('0', 64)}/redrive", "", stack.Bearer())).ExpectProblem(404);
        (await api.GetAsync("jobs?limit=51")).ExpectProblem(400);
        (await api.GetAsync("jobs?cursor=eyJhIjoxfQ")).ExpectProblem(400);
    }

    /// <summary>Not on LocalStack, whose gateway does not apply the template's gateway responses.</summary>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task A_path_that_is_not_there_is_a_problem_document()
    {
        using var api = stack.Api();
        (await api.GetAsync("nothing")).ExpectProblem(404);
    }
}
