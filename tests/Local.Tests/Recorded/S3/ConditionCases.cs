using System.Globalization;

namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ConditionCases : S3RecordedTest
{
    private static readonly string Tag = ETag("test");

    [Fact]
    [RecordedCase("s3: test_s3_get_object_headers")]
    public async Task A_tag_matches_with_and_without_quotes()
    {
        await BucketAsync();
        await PutAsync("key");
        Assert.Equal("304", await ReadAsync(("If-None-Match", Tag)));
        Assert.Equal("304", await ReadAsync(("If-None-Match", Tag.Trim('"'))));
        Assert.Equal("200", await ReadAsync(("If-None-Match", "etag")));
        Assert.Equal("200", await ReadAsync(("If-Match", Tag)));
        Assert.Equal("200", await ReadAsync(("If-Match", Tag.Trim('"'))));
        Assert.Equal(Failed("If-Match"), await ReadAsync(("If-Match", "not-etag")));
    }

    [Fact]
    [RecordedCase("s3: test_precondition_failed_error")]
    public async Task A_tag_that_does_not_match_fails_the_read()
    {
        await BucketAsync();
        await PutAsync("key");
        Assert.Equal(Failed("If-Match"), await ReadAsync(("If-Match", "\"not good etag\"")));
    }

    [Fact]
    [RecordedCase("s3: test_s3_get_object_preconditions[get_object]")]
    public async Task Conditions_of_a_read_are_held_in_their_order()
    {
        await BucketAsync();
        await PutAsync("key");
        var modified = (await S3Async("HEAD", "/bucket/key")).Header("Last-Modified")!;
        await PassAsync(3);
        var now = DateTimeOffset.Parse(modified, CultureInfo.InvariantCulture).AddSeconds(2);
        (string, string) since = ("If-Modified-Since", Http(now));
        (string, string) before = ("If-Unmodified-Since", Http(now.AddDays(-1)));

        Assert.Equal(Failed("If-Match"),
            await ReadAsync(since, before, ("If-Match", "etag123"), ("If-None-Match", Tag)));
        Assert.Equal(Failed("If-Unmodified-Since"), await ReadAsync(since, before, ("If-None-Match", Tag)));
        Assert.Equal("304", await ReadAsync(since, ("If-None-Match", Tag)));
        Assert.Equal("304", await ReadAsync(since));
        Assert.Equal("200", await ReadAsync(("If-Modified-Since", Http(now.AddDays(1)))));
        Assert.Equal("304", await ReadAsync(since, ("If-None-Match", Tag.Trim('"'))));
        Assert.Equal("200", await ReadAsync(("If-Unmodified-Since", modified)));
        Assert.Equal("304", await ReadAsync(("If-Modified-Since", modified)));
        Assert.Equal("200", await ReadAsync(("If-Match", Tag.Trim('"')), ("If-None-Match", "etag123"),
            ("If-Modified-Since", Http(now.AddDays(-1))), ("If-Unmodified-Since", Http(now))));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_preconditions")]
    public async Task Conditions_of_a_copy_are_held_in_their_order()
    {
        await BucketAsync();
        await PutAsync("key");
        var modified = DateTimeOffset.Parse(
            (await S3Async("HEAD", "/bucket/key")).Header("Last-Modified")!, CultureInfo.InvariantCulture);
        await PassAsync(3);
        var (now, dayBefore) = (Http(modified.AddSeconds(2)), Http(modified.AddDays(-1)));

        Assert.Equal(Failed("x-amz-copy-source-If-Match"), await CopyIfAsync(
            ("modified-since", now), ("unmodified-since", dayBefore), ("match", "etag123"), ("none-match", Tag)));
        Assert.Equal(Failed("x-amz-copy-source-If-Unmodified-Since"), await CopyIfAsync(
            ("modified-since", now), ("unmodified-since", dayBefore), ("none-match", Tag)));
        Assert.Equal(Failed("x-amz-copy-source-If-None-Match"),
            await CopyIfAsync(("modified-since", now), ("none-match", Tag)));
        Assert.Equal(Failed("x-amz-copy-source-If-Modified-Since"), await CopyIfAsync(("modified-since", now)));
        Assert.Equal("200", await CopyIfAsync(("modified-since", Http(modified.AddDays(1)))));
        Assert.Equal(Failed("x-amz-copy-source-If-None-Match"),
            await CopyIfAsync(("modified-since", now), ("none-match", Tag.Trim('"'))));
        Assert.Equal("200", await CopyIfAsync(("match", Tag.Trim('"')), ("none-match", "etag123"),
            ("modified-since", dayBefore), ("unmodified-since", now)));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_if_source_modified_since_versioned")]
    public async Task A_version_is_copied_if_it_was_modified_since()
    {
        await BucketAsync();
        await VersionsAsync();
        await PutAsync("key");
        var modified = DateTimeOffset.Parse(
            (await S3Async("HEAD", "/bucket/key")).Header("Last-Modified")!, CultureInfo.InvariantCulture);
        await PassAsync(3);
        Assert.Equal("200", await CopyIfAsync(("modified-since", Http(modified.AddDays(-1)))));
        Assert.Equal(
            Failed("x-amz-copy-source-If-Modified-Since"), await CopyIfAsync(("modified-since", Http(modified))));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_if_source_unmodified_since_versioned")]
    public async Task A_version_is_copied_if_it_was_not_modified_since()
    {
        await BucketAsync();
        await VersionsAsync();
        await PutAsync("key");
        var modified = DateTimeOffset.Parse(
            (await S3Async("HEAD", "/bucket/key")).Header("Last-Modified")!, CultureInfo.InvariantCulture);
        Assert.Equal("200", await CopyIfAsync(("unmodified-since", Http(modified.AddSeconds(1)))));
        Assert.Equal(Failed("x-amz-copy-source-If-Unmodified-Since"),
            await CopyIfAsync(("unmodified-since", Http(modified.AddDays(-1)))));
    }

    private static string Http(DateTimeOffset instant) => instant.ToString("R", CultureInfo.InvariantCulture);

    private static string Failed(string condition) => $$"""
        412 {"Code":"PreconditionFailed","Condition":"{{condition}}",
        "Message":"At least one of the pre-conditions you specified did not hold"}
        """.ReplaceLineEndings("");

    private async Task<string> ReadAsync(params (string, string)[] conditions)
    {
        var answer = await S3Async("GET", "/bucket/key", "", conditions);
        return answer.Status < 400 ? $"{answer.Status}" : answer.Fault;
    }

    private async Task<string> CopyIfAsync(params (string Name, string Value)[] conditions)
    {
        var answer = await CopyAsync("bucket/key", "copy",
            [.. conditions.Select(condition => ($"x-amz-copy-source-if-{condition.Name}", condition.Value))]);
        return answer.Status < 400 ? $"{answer.Status}" : answer.Fault;
    }
}
