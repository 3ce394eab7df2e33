namespace Isobar.Local.Tests.Recorded;

public sealed class RecordedSummaryTests
{
    private const string Rewrite = "ISOBAR_UPDATE";

    [Fact]
    public void The_README_tells_how_many_cases_are_answered_as_AWS_did_and_which_are_not()
    {
        var path = Deployment.RepositoryFile.PathOf("tests/Local.Tests/Recorded/README.md");
        var readme = File.ReadAllText(path);
        var wanted = RecordedSummary.Write(readme);
        if (Environment.GetEnvironmentVariable(Rewrite) is { Length: > 0 }) File.WriteAllText(path, wanted);

        Assert.True(readme == wanted, $"The summary is out of date; {Rewrite}=1 writes it anew:\n{wanted}");
    }

    /// <summary>Folders whose cases compare whole answers only.</summary>
    [Theory]
    [InlineData("S3")]
    public void No_case_compares_a_part_of_an_answer(string folder)
    {
        string[] partial =
        [
            "Assert.StartsWith", "Assert.EndsWith", "Assert.Contains", "Assert.DoesNotContain", "Assert.NotNull",
            "Assert.Null", "Assert.True", "Assert.False", "Assert.Empty", "Assert.NotEmpty", ".Head(", ".Fault",
            ".Facts",
        ];
        var directory = Deployment.RepositoryFile.PathOf($"tests/Local.Tests/Recorded/{folder}");
        var files = Directory.GetFiles(directory, "*Cases.cs");

        Assert.NotEmpty(files);
        Assert.Equal([], files.SelectMany(file => File.ReadLines(file).SelectMany(line => partial
            .Where(line.Contains).Select(part => $"{Path.GetFileName(file)}: {part}"))));
    }

    [Fact]
    public void No_case_is_counted_twice() =>
        Assert.Equal(RecordedSummary.Cases.Count, RecordedSummary.Cases.DistinctBy(each => each.Origin).Count());

    [Fact]
    public void At_least_nine_of_ten_cases_of_every_service_are_answered_as_AWS_did()
    {
        foreach (var service in RecordedSummary.Cases.GroupBy(RecordedSummary.ServiceOf))
        {
            Assert.True(service.Count(each => each.Differs is null) >= 0.9 * service.Count(), service.Key);
        }
    }

    [Fact]
    public void At_least_ninety_five_of_a_hundred_cases_are_answered_as_AWS_did()
    {
        var cases = RecordedSummary.Cases;
        Assert.InRange(cases.Count(each => each.Differs is null), 0.95 * cases.Count, cases.Count);
    }

    [Fact]
    public void A_difference_fails_once_the_host_answers_as_AWS_does() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => RecordedAnswer.Differs("same", "other", "same"));
}
