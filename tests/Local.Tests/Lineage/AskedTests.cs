using Isobar.Local.Experiments;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class AskedTests
{
    private static readonly string Job = new('a', 64);

    [Theory]
    [InlineData("s3://bucket/a/b.csv@v.1_-:17", "bucket", "a/b.csv", "v.1_-", 17)]
    [InlineData("s3://bucket/b.csv:0", "bucket", "b.csv", null, 0)]
    [InlineData("s3://bucket/a@b:c.csv@v1:4", "bucket", "a@b:c.csv", "v1", 4)]
    [InlineData("s3://bucket/a@b/c.csv:4", "bucket", "a@b/c.csv", null, 4)]
    public void A_row_of_an_object_is_named_from_the_end(
        string text, string bucket, string key, string? version, long offset) =>
        Assert.Equal(new AskedRow(new S3Place(bucket, key), version, offset), Asked.TryParse(text));

    [Fact]
    public void Each_form_is_told_from_the_others()
    {
        Assert.Equal(new AskedJob(Job), Asked.TryParse(Job));
        Assert.Equal(new AskedRowOfJob(Job, 12), Asked.TryParse($"{Job}:12"));
        Assert.Equal(
            new AskedRequest("3f1c52aa-0000-4000-8000-000000000000"),
            Asked.TryParse("3F1C52AA-0000-4000-8000-000000000000"));
        Assert.Equal(new AskedMonth("USW00094728", "2014-01"), Asked.TryParse("USW00094728/2014-01"));
        Assert.Equal(new AskedImport("KrZ0xGzjoAMFR0A="), Asked.TryParse("KrZ0xGzjoAMFR0A="));
    }

    [Theory]
    [InlineData("")]
    [InlineData("job")]
    [InlineData("s3://bucket/key")]
    [InlineData("s3://bucket/:4")]
    [InlineData("s3://bucket:4")]
    [InlineData("s3://bucket/key@v1:-4")]
    [InlineData("s3://bucket/key@v1:99999999999999999999")]
    [InlineData("USW00094728/2014-13")]
    [InlineData("USW00094728/2014")]
    [InlineData("usw00094728/2014-01")]
    [InlineData("USW0009472/2014-01")]
    [InlineData("../../../etc/passwd")]
    [InlineData("<script>alert(1)</script>")]
    public void Other_text_is_refused(string text) => Assert.Null(Asked.TryParse(text));

    [Fact]
    public void A_job_with_a_wrong_offset_is_refused() => Assert.Null(Asked.TryParse($"{Job}:x"));
}
