namespace Isobar.Local.Tests.Recorded.S3;

public sealed class BucketCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_get_object_no_such_bucket")]
    public async Task An_object_of_a_bucket_that_is_not_there_can_not_be_read() =>
        Is(NoSuchBucket, await S3Async("GET", "/missing-bucket/my-key"));

    [Fact]
    [RecordedCase("s3: test_delete_bucket_no_such_bucket")]
    public async Task A_bucket_that_is_not_there_can_not_be_deleted() =>
        Is(NoSuchBucket, await S3Async("DELETE", "/missing-bucket"));

    [Fact]
    [RecordedCase("s3: test_get_bucket_notification_configuration_no_such_bucket")]
    public async Task A_bucket_that_is_not_there_has_no_notifications() =>
        Is(NoSuchBucket, await S3Async("GET", "/missing-bucket?notification"));

    [Fact]
    [RecordedCase("s3: test_bucket_does_not_exist")]
    public async Task A_bucket_that_is_not_there_is_not_listed()
    {
        Is(NoSuchBucket, await S3Async("GET", "/missing-bucket?encoding-type=url"));
        Is(NoSuchBucket, await S3Async("GET", "/?encoding-type=url", "",
            ("Host", $"missing-bucket.s3.us-east-1.localhost:{Address.Port}")));
    }

    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys_in_non_existing_bucket")]
    public async Task Objects_of_a_bucket_that_is_not_there_can_not_be_deleted() =>
        Is(NoSuchBucket, await DeleteAsync("<Object><Key>dummy1</Key></Object>", "missing-bucket"));

    [Fact]
    [RecordedCase("s3: test_s3_uppercase_bucket_name")]
    public async Task A_bucket_has_no_capital_letters() => Is(
        """400 {"BucketName":"Bucket-A","Code":"InvalidBucketName","Message":"The specified bucket is not valid."}""",
        await S3Async("PUT", "/Bucket-A"));

    [Fact]
    [RecordedCase("s3: test_create_bucket_with_invalid_location_constraint[us-east-1-foo]")]
    public async Task A_bucket_is_not_made_in_a_Region_that_is_none() => Is("""
        400 {"Code":"InvalidLocationConstraint","LocationConstraint":"foo",
        "Message":"The specified location-constraint is not valid"}
        """, await S3Async("PUT", "/bucket", """
        <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <LocationConstraint>foo</LocationConstraint></CreateBucketConfiguration>
        """));

    [Fact]
    [RecordedCase("s3: test_create_bucket_head_bucket",
        Differs = "A bucket in another Region can't be had, and so not asked for either: the host is one Region.")]
    public async Task A_bucket_tells_its_name_and_its_Region()
    {
        await BucketAsync();
        Is("""
            200
            content-type: application/xml
            x-amz-access-point-alias: false
            x-amz-bucket-arn: arn:aws:s3:::bucket
            x-amz-bucket-region: us-east-1
            """, await S3Async("HEAD", "/bucket"));
        Is("404", await S3Async("HEAD", "/missing-bucket"));
        var elsewhere = await S3Async("PUT", "/bucket-2", """
            <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
            <LocationConstraint>us-west-1</LocationConstraint></CreateBucketConfiguration>
            """);
        RecordedAnswer.Differs(AnswerText.OfExpected("""
            200
            content-length: 0
            location: http://bucket-2.s3.amazonaws.com/
            x-amz-bucket-arn: arn:aws:s3:::bucket-2
            """), AnswerText.OfExpected("""
            400 {"Code":"IllegalLocationConstraintException","Message":"The us-west-1 location constraint is
             incompatible for the region specific endpoint this request was sent to."}
            """), elsewhere.Whole);
    }

    [Fact]
    [RecordedCase("s3: test_list_buckets_with_max_buckets")]
    [RecordedCase("s3: test_list_buckets_with_continuation_token")]
    [RecordedCase("s3: test_list_buckets_when_continuation_token_is_empty")]
    public async Task Buckets_are_listed_in_pages()
    {
        foreach (var name in new[] { "bucket-a", "bucket-b", "bucket-c" }) await BucketAsync(name);
        var first = await S3Async("GET", "/?max-buckets=1&continuation-token=");
        Is(Buckets("bucket-a", 1), first);
        Is(Buckets("bucket-b", 2), await S3Async(
            "GET", $"/?max-buckets=1&continuation-token={first.Body!["ContinuationToken"]}"));
        Is(Buckets("bucket-a", 1), await S3Async("GET", "/?max-buckets=1"));

        static string Buckets(string name, int token) => $$$"""
            200 {"Buckets":{"Bucket":{"BucketArn":"arn:aws:s3:::{{{name}}}","BucketRegion":"us-east-1",
            "CreationDate":"<time>","Name":"{{{name}}}"}},"ContinuationToken":"<token:{{{token}}}>",
            "Owner":{"ID":"<owner:1>"}}
            """;
    }
}
