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
        Is(Unchanged, await ReadAsync(("If-None-Match", Tag)));
        Is(Unchanged, await ReadAsync(("If-None-Match", Tag.Trim('"'))));
        Is(Read, await ReadAsync(("If-None-Match", "etag")));
        Is(Read, await ReadAsync(("If-Match", Tag)));
        Is(Read, await ReadAsync(("If-Match", Tag.Trim('"'))));
        Is(Failed("If-Match"), await ReadAsync(("If-Match", "not-etag")));
    }

    [Fact]
    [RecordedCase("s3: test_precondition_failed_error")]
    public async Task A_tag_that_does_not_match_fails_the_read()
    {
        await BucketAsync();
        await PutAsync("key");
        Is(Failed("If-Match"), await ReadAsync(("If-Match", "\"not good etag\"")));
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

        Is(Failed("If-Match"),
            await ReadAsync(since, before, ("If-Match", "etag123"), ("If-None-Match", Tag)));
        Is(Failed("If-Unmodified-Since"), await ReadAsync(since, before, ("If-None-Match", Tag)));
        Is(Unchanged, await ReadAsync(since, ("If-None-Match", Tag)));
        Is(Unchanged, await ReadAsync(since));
        Is(Read, await ReadAsync(("If-Modified-Since", Http(now.AddDays(1)))));
        Is(Unchanged, await ReadAsync(since, ("If-None-Match", Tag.Trim('"'))));
        Is(Read, await ReadAsync(("If-Unmodified-Since", modified)));
        Is(Unchanged, await ReadAsync(("If-Modified-Since", modified)));
        Is(Read, await ReadAsync(("If-Match", Tag.Trim('"')), ("If-None-Match", "etag123"),
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

        Is(Failed("x-amz-copy-source-If-Match"), await CopyIfAsync(
            ("modified-since", now), ("unmodified-since", dayBefore), ("match", "etag123"), ("none-match", Tag)));
        Is(Failed("x-amz-copy-source-If-Unmodified-Since"), await CopyIfAsync(
            ("modified-since", now), ("unmodified-since", dayBefore), ("none-match", Tag)));
        Is(Failed("x-amz-copy-source-If-None-Match"),
            await CopyIfAsync(("modified-since", now), ("none-match", Tag)));
        Is(Failed("x-amz-copy-source-If-Modified-Since"), await CopyIfAsync(("modified-since", now)));
        Is(Copied(), await CopyIfAsync(("modified-since", Http(modified.AddDays(1)))));
        Is(Failed("x-amz-copy-source-If-None-Match"),
            await CopyIfAsync(("modified-since", now), ("none-match", Tag.Trim('"'))));
        Is(Copied(), await CopyIfAsync(("match", Tag.Trim('"')), ("none-match", "etag123"),
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
        Is(Copied("\nx-amz-copy-source-version-id: <version:1>\nx-amz-version-id: <version:2>"),
            await CopyIfAsync(("modified-since", Http(modified.AddDays(-1)))));
        Is(
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
        Is(Copied("\nx-amz-copy-source-version-id: <version:1>\nx-amz-version-id: <version:2>"),
            await CopyIfAsync(("unmodified-since", Http(modified.AddSeconds(1)))));
        Is(Failed("x-amz-copy-source-If-Unmodified-Since"),
            await CopyIfAsync(("unmodified-since", Http(modified.AddDays(-1)))));
    }

    [Fact]
    [RecordedCase("s3: test_put_object_if_none_match_validation")]
    [RecordedCase("s3: test_put_object_if_match_validation")]
    [RecordedCase("s3: test_put_object_if_match_and_if_none_match_validation")]
    public async Task One_condition_of_a_write_is_taken_and_its_value_is_looked_at_after_the_number()
    {
        await BucketAsync();
        await PutAsync("key");
        Is(Refused("If-None-Match"), await S3Async("PUT", "/bucket/key", "test", ("If-None-Match", Tag)));
        Is(Refused("If-Match"), await S3Async("PUT", "/bucket/my-key", "test", ("If-Match", "*")));
        foreach (var tag in new[] { "abcdef", "bad-char_/" })
            Is(NoSuchKey, await S3Async("PUT", "/bucket/my-key", "test", ("If-Match", tag)));
        Is(Both, await S3Async("PUT", "/bucket/my-key", "test", ("If-None-Match", "*"), ("If-Match", "abcdef")));
    }

    [Fact]
    [RecordedCase("s3: test_copy_object_precondition_write_validation")]
    public async Task So_it_is_with_a_copy()
    {
        await BucketAsync();
        await PutAsync("key");
        Is(Refused("If-None-Match"), await CopyAsync("bucket/key", "copy", ("If-None-Match", Tag)));
        Is(Refused("If-Match"), await CopyAsync("bucket/key", "copy", ("If-Match", "*")));
        Is(Both, await CopyAsync("bucket/key", "copy", ("If-Match", "*"), ("If-None-Match", Tag)));
    }

    private const string Both = """
        501 {"Code":"NotImplemented","Header":"If-Match,If-None-Match",
        "Message":"A header you provided implies functionality that is not implemented",
        "additionalMessage":"Multiple conditional request headers present in the request"}
        """;

    private static string Refused(string header) => $$"""
        501 {"Code":"NotImplemented","Header":"{{header}}",
        "Message":"A header you provided implies functionality that is not implemented",
        "additionalMessage":"We don't accept the provided value of {{header}} header for this API"}
        """;

    private static string Http(DateTimeOffset instant) => instant.ToString("R", CultureInfo.InvariantCulture);

    private static string Failed(string condition) => $$"""
        412 {"Code":"PreconditionFailed","Condition":"{{condition}}",
        "Message":"At least one of the pre-conditions you specified did not hold"}
        """;

    // An answer that nothing changed tells the tag and the time.
    private static string Unchanged => $"304\netag: {Tag}\nlast-modified: <time>";

    private string Read => GotWhole("test");

    private string Copied(string versions = "") => $$"""
        200{{versions}}
        {"ChecksumCRC32":"2H9+DA==","ChecksumType":"FULL_OBJECT","ETag":"\{{Tag[..^1]}}\"","LastModified":"<time>"}
        """;

    private Task<Answer> ReadAsync(params (string, string)[] conditions) =>
        S3Async("GET", "/bucket/key", "", conditions);

    private Task<Answer> CopyIfAsync(params (string Name, string Value)[] conditions) => CopyAsync(
        "bucket/key", "copy",
        [.. conditions.Select(condition => ($"x-amz-copy-source-if-{condition.Name}", condition.Value))]);
}
