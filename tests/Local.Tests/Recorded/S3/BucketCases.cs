namespace Isobar.Local.Tests.Recorded.S3;

public sealed class BucketCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_get_object_no_such_bucket")]
    public async Task An_object_of_a_bucket_that_is_not_there_can_not_be_read() =>
        Assert.Equal(NoSuchBucket, (await S3Async("GET", "/missing-bucket/my-key")).Fault);

    [Fact]
    [RecordedCase("s3: test_delete_bucket_no_such_bucket")]
    public async Task A_bucket_that_is_not_there_can_not_be_deleted() =>
        Assert.Equal(NoSuchBucket, (await S3Async("DELETE", "/missing-bucket")).Fault);

    [Fact]
    [RecordedCase("s3: test_get_bucket_notification_configuration_no_such_bucket")]
    public async Task A_bucket_that_is_not_there_has_no_notifications() =>
        Assert.Equal(NoSuchBucket, (await S3Async("GET", "/missing-bucket?notification")).Fault);

    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys_in_non_existing_bucket")]
    public async Task Objects_of_a_bucket_that_is_not_there_can_not_be_deleted()
    {
        var answer = await DeleteAsync("<Object><Key>dummy1</Key></Object>", "missing-bucket");
        Assert.Equal(NoSuchBucket, answer.Fault);
    }

    [Fact]
    [RecordedCase("s3: test_s3_uppercase_bucket_name")]
    public async Task A_bucket_has_no_capital_letters() => Assert.Equal(
        """400 {"BucketName":"Bucket-A","Code":"InvalidBucketName","Message":"The specified bucket is not valid."}""",
        (await S3Async("PUT", "/Bucket-A")).Fault);

    [Fact]
    [RecordedCase("s3: test_create_bucket_with_invalid_location_constraint[us-east-1-foo]")]
    public async Task A_bucket_is_not_made_in_a_Region_that_is_none()
    {
        var answer = await S3Async("PUT", "/bucket", """
            <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <LocationConstraint>foo</LocationConstraint></CreateBucketConfiguration>
            """);
        Assert.Equal("""
            400 {"Code":"InvalidLocationConstraint","LocationConstraint":"foo",
            "Message":"The specified location-constraint is not valid"}
            """.ReplaceLineEndings(""), answer.Fault);
    }

    [Fact]
    [RecordedCase("s3: test_create_bucket_head_bucket",
        Differs = "A bucket in another Region can't be had, and so not asked for either: the host is one Region.")]
    public async Task A_bucket_tells_its_name_and_its_Region()
    {
        Assert.Equal(
            "200\ncontent-length: 0\nlocation: /bucket\nx-amz-bucket-arn: arn:aws:s3:::bucket",
            (await S3Async("PUT", "/bucket")).Facts);
        Assert.Equal("""
            200
            content-type: application/xml
            x-amz-access-point-alias: false
            x-amz-bucket-arn: arn:aws:s3:::bucket
            x-amz-bucket-region: us-east-1
            """, (await S3Async("HEAD", "/bucket")).Facts);
        Assert.Equal("404", (await S3Async("HEAD", "/missing-bucket")).Fault);
        var elsewhere = await S3Async("PUT", "/bucket-2", """
            <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <LocationConstraint>us-west-1</LocationConstraint></CreateBucketConfiguration>
            """);
        RecordedAnswer.Differs("200",
            "400 IllegalLocationConstraintException: The us-west-1 location constraint is incompatible for the region "
            + "specific endpoint this request was sent to.", elsewhere.Status == 200 ? "200" : elsewhere.Error);
    }

    [Fact]
    [RecordedCase("s3: test_list_buckets_with_max_buckets")]
    [RecordedCase("s3: test_list_buckets_with_continuation_token")]
    [RecordedCase("s3: test_list_buckets_when_continuation_token_is_empty")]
    public async Task Buckets_are_listed_in_pages()
    {
        foreach (var name in new[] { "bucket-a", "bucket-b", "bucket-c" }) await BucketAsync(name);
        var first = await S3Async("GET", "/?max-buckets=1&continuation-token=");
        Assert.Equal(Page("bucket-a"), Text(first));
        var second = await S3Async("GET", $"/?max-buckets=1&continuation-token={Token(first)}");
        Assert.Equal(Page("bucket-b"), Text(second));
        Assert.Equal(Page("bucket-a"), Text(await S3Async("GET", "/?max-buckets=1")));

        static string Text(Answer answer) =>
            answer.Ok().Text.Replace((string)answer.Body!["Owner"]!["ID"]!, "<owner>", StringComparison.Ordinal)
                .Replace(Token(answer), "<token>", StringComparison.Ordinal);
        static string Token(Answer answer) => (string)answer.Body!["ContinuationToken"]!;
        static string Page(string name) => $$$"""
            {"Buckets":{"Bucket":{"BucketArn":"arn:aws:s3:::{{{name}}}","BucketRegion":"us-east-1",
            "CreationDate":"<time>","Name":"{{{name}}}"}},"ContinuationToken":"<token>","Owner":{"ID":"<owner>"}}
            """.ReplaceLineEndings("");
    }
}
