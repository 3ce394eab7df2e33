using Isobar.Samples;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
[Targets(Target.Local, Target.LocalStack, Target.Aws)]
[Concept("Asynchronous trigger: S3", "LandingBucket", "IntakeFunction.Landed")]
public sealed class LandedFileStories(StackFixture stack)
{
    public static TheoryData<string> Samples =>
        [.. Planted().Where(planted => planted.Failure is null).Select(planted => planted.File)];

    [Theory]
    [MemberData(nameof(Samples))]
    [Claim("S2")]
    [Claim("B5")]
    public async Task A_landed_file_becomes_exactly_the_rows_that_were_planted_in_it(string file)
    {
        var planted = Planted().Single(planted => planted.File == file);

        var landed = await stack.Landings.PutSampleAsync($"landed/{file}", file);
        var job = (await stack.SettleAsync(landed)).Single();

        job.AssertFinishedAs(planted);
        Assert.Equal(planted.Accepted, await stack.Landings.CuratedAsync(job).CountAsync());
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in stack.Landings.QuarantineAsync(job))
        {
            var reason = (string)row["reason"]!;
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }

        var expected = new SortedDictionary<string, int>(planted.Malformed, StringComparer.Ordinal);
        foreach (var (flag, rows) in planted.Flagged) expected[$"quality:{flag}"] = rows;
        Assert.Equal(expected, reasons);
    }

    [Fact]
    [Claim("T1")]
    public async Task The_same_bytes_put_twice_are_two_versions_and_two_jobs()
    {
        var planted = Planted().Single(planted => planted.File == "XIW00000001.csv");

        var first = await stack.Landings.PutSampleAsync("twice.csv", planted.File);
        var second = await stack.Landings.PutSampleAsync("twice.csv", planted.File);
        var jobs = await stack.SettleAsync(first, second);

        Assert.NotEqual(first.VersionId, second.VersionId);
        Assert.NotEqual(jobs[0].Id, jobs[1].Id);
        Assert.All(jobs, job => job.AssertFinishedAs(planted));
    }

    private static Expectation[] Planted() =>
        Expectation.FromJson(File.ReadAllBytes(Path.Combine(Repository.Samples, "expected.json")));
}
