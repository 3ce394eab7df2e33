namespace Isobar.Local.Tests.Recorded.S3;

/// <summary>Uploads that are completed under a condition.</summary>
public sealed class CompletionCases : S3RecordedTest
{
    private static readonly (string, string) Absent = ("If-None-Match", "*");

    private static readonly string Done = Completed("my-key", "60cd54a928cbbcbb6e7b5595bab46a9e-1", "+bu+zv66sUM=");

    [Fact]
    [RecordedCase("s3: test_multipart_if_none_match_with_delete")]
    public async Task An_object_that_was_deleted_meanwhile_is_a_conflict()
    {
        await BucketAsync();
        Is(Put("", null), await S3Async("PUT", "/bucket/my-key", "", Absent, Crc32Header("")));
        var upload = await BeginAsync();
        Is(Failed("If-None-Match"), await CompleteIfAsync(upload, Absent));
        Is("204", await S3Async("DELETE", "/bucket/my-key"));
        Is(Conflict("If-None-Match"), await CompleteIfAsync(upload, Absent));
        Is(Done, await CompleteIfAsync(await BeginAsync(), Absent));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_if_none_match_with_put")]
    public async Task An_object_that_was_put_meanwhile_is_there()
    {
        await BucketAsync();
        var upload = await BeginAsync();
        Is(Put("", null), await S3Async("PUT", "/bucket/my-key", "", Absent, Crc32Header("")));
        Is(Failed("If-None-Match"), await CompleteIfAsync(upload, Absent));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_if_match_with_put")]
    public async Task An_object_that_was_put_meanwhile_is_a_conflict_even_if_it_matches()
    {
        await BucketAsync();
        await PutAsync("my-key");
        var upload = await BeginAsync();
        await PutAsync("my-key", "test2");
        Is(Failed("If-Match"), await CompleteIfAsync(upload, ("If-Match", ETag("test"))));
        Is(Conflict("If-Match"), await CompleteIfAsync(upload, ("If-Match", ETag("test2"))));
        Is(Done, await CompleteIfAsync(await BeginAsync(), ("If-Match", ETag("test2"))));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_if_match_with_put_identical")]
    public async Task So_is_one_with_the_same_bytes()
    {
        await BucketAsync();
        await PutAsync("my-key");
        var upload = await BeginAsync();
        await PutAsync("my-key");
        Is(Conflict("If-Match"), await CompleteIfAsync(upload, ("If-Match", ETag("test"))));
        Is(Done, await CompleteIfAsync(await BeginAsync(), ("If-Match", ETag("test"))));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_if_match_with_delete")]
    public async Task An_object_that_was_deleted_is_not_there_and_one_put_again_is_a_conflict()
    {
        await BucketAsync();
        await PutAsync("my-key");
        var upload = await BeginAsync();
        Is("204", await S3Async("DELETE", "/bucket/my-key"));
        Is(NoSuchKey, await CompleteIfAsync(upload, ("If-Match", ETag("test"))));
        await PutAsync("my-key");
        Is(Conflict("If-Match"), await CompleteIfAsync(upload, ("If-Match", ETag("test"))));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_if_match_etag")]
    public async Task The_tag_of_an_object_in_parts_is_matched_as_it_is_told()
    {
        await BucketAsync();
        await PutAsync("my-key");
        Is(Done, await CompleteIfAsync(await BeginAsync(), ("If-Match", ETag("test"))));
        var upload = await BeginAsync();
        Is(Failed("If-Match"), await CompleteIfAsync(upload, ("If-Match", ETag("test"))));
        Is(Done, await CompleteIfAsync(upload, ("If-Match", "\"60cd54a928cbbcbb6e7b5595bab46a9e-1\"")));
    }

    private async Task<string> BeginAsync()
    {
        var upload = await UploadAsync("my-key");
        await PutPartAsync("my-key", upload, 1, "test");
        return upload;
    }

    private Task<Answer> CompleteIfAsync(string upload, (string, string) condition) =>
        CompleteAsync("my-key", upload, [(1, ETag("test"))], [condition]);

    private static string Failed(string condition) => $$"""
        412 {"Code":"PreconditionFailed","Condition":"{{condition}}",
        "Message":"At least one of the pre-conditions you specified did not hold"}
        """;

    private static string Conflict(string condition) => $$"""
        409 {"Code":"ConditionalRequestConflict","Condition":"{{condition}}","Key":"my-key","Message":"The conditional
         request cannot succeed due to a conflicting operation against this resource."}
        """;
}
