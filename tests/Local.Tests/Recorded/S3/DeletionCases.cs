namespace Isobar.Local.Tests.Recorded.S3;

public sealed class DeletionCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys")]
    public async Task What_is_not_there_is_deleted_too()
    {
        await BucketAsync();
        await PutAsync("test-key-nonexistent");
        var answer = await DeleteAsync("<Object><Key>test-key-nonexistent</Key></Object>"
            + "<Object><Key>dummy1</Key></Object><Object><Key>dummy2</Key></Object>");
        Assert.Equal(["dummy1", "dummy2", "test-key-nonexistent"], Items(answer.Ok().Body!["Deleted"])
            .Select(item => (string)item["Key"]!).Order());
        Assert.Null(answer.Body!["Error"]);
    }

    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys_quiet")]
    public async Task Quietly_only_errors_are_told()
    {
        await BucketAsync();
        await PutAsync("key");
        var answer = await DeleteAsync(
            "<Quiet>true</Quiet><Object><Key>key</Key></Object><Object><Key>dummy1</Key></Object>");
        Assert.Equal("\"\"", answer.Ok().Text);
    }

    [Fact]
    [RecordedCase("s3: test_s3_batch_delete_objects")]
    public async Task Five_objects_are_deleted_at_once()
    {
        await BucketAsync();
        string[] keys = ["key-0", "key-1", "key-2", "key-3", "key-4"];
        foreach (var key in keys) await PutAsync(key);
        var answer = await DeleteAsync(string.Concat(keys.Select(key => $"<Object><Key>{key}</Key></Object>")));
        Assert.Equal(keys, Items(answer.Ok().Body!["Deleted"]).Select(item => (string)item["Key"]!).Order());
        Assert.Equal(
            """{"IsTruncated":"false","Marker":"","MaxKeys":"1000","Name":"bucket","Prefix":""} [] []""",
            Listed(await S3Async("GET", "/bucket")));
    }

    [Fact]
    [RecordedCase("s3: test_delete_objects_encoding")]
    public async Task A_key_to_delete_is_not_decoded()
    {
        await BucketAsync();
        await PutAsync("a%252Fb");
        await PutAsync("a/%25F0%259F%2598%2580");
        Assert.Equal("[a%2Fb,a/%F0%9F%98%80]", Listed(await S3Async("GET", "/bucket?list-type=2")).Split(' ')[1]);
        var answer = await DeleteAsync(
            "<Object><Key>a%2Fb</Key></Object><Object><Key>a/%F0%9F%98%80</Key></Object>");
        Assert.Equal(
            """{"Deleted":[{"Key":"a%2Fb"},{"Key":"a/%F0%9F%98%80"}]}""", answer.Ok().Text);
        Assert.Equal(
            """{"IsTruncated":"false","KeyCount":"0","MaxKeys":"1000","Name":"bucket","Prefix":""} [] []""",
            Listed(await S3Async("GET", "/bucket?list-type=2")));
    }
}
