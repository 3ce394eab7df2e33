using System.Formats.Cbor;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Kinesis;

public sealed class StreamCases : RecordedTest
{
    [Fact]
    [RecordedCase("kinesis: test_create_stream_without_shard_count")]
    public async Task A_stream_without_a_number_of_shards_has_four()
    {
        (await KinesisAsync("CreateStream", """{"StreamName":"s"}""")).Ok();
        var answer = (await KinesisAsync("ListShards", """{"StreamName":"s"}""")).Ok();

        var shards = answer.Body!["Shards"]!.AsArray();
        Assert.Equal(4, shards.Count);
        Assert.Equal(["Shards"], answer.Body.AsObject().Select(member => member.Key));
        foreach (var shard in shards)
        {
            Assert.Equal(["HashKeyRange", "SequenceNumberRange", "ShardId"], Names(shard));
            Assert.Equal(["EndingHashKey", "StartingHashKey"], Names(shard!["HashKeyRange"]));
            Assert.Equal(["StartingSequenceNumber"], Names(shard["SequenceNumberRange"]));
        }
    }

    [Fact]
    [RecordedCase("kinesis: test_add_tags_to_stream")]
    public async Task A_tag_is_listed_as_it_was_added()
    {
        (await KinesisAsync("CreateStream", """{"StreamName":"s","ShardCount":1}""")).Ok();
        (await KinesisAsync("AddTagsToStream", """{"StreamName":"s","Tags":{"foo":"bar"}}""")).Ok();

        var answer = (await KinesisAsync("ListTagsForStream", """{"StreamName":"s"}""")).Ok();
        Assert.Equal("""{"Key":"foo","Value":"bar"}""", answer.Body!["Tags"]![0]!.ToJsonString());
    }

    [Fact]
    [RecordedCase("kinesis: test_record_lifecycle_data_integrity")]
    public async Task Records_of_any_bytes_are_read_as_they_were_put()
    {
        string[] texts = ["", new('a', 1_000), "test", "ünicödé 统一码 💣💻🔥"];
        (await KinesisAsync("CreateStream", """{"StreamName":"s","ShardCount":1}""")).Ok();
        foreach (var text in texts)
            (await KinesisAsync("PutRecord", new JsonObject
            {
                ["StreamName"] = "s", ["PartitionKey"] = "1", ["Data"] = Base64(text),
            }.ToJsonString())).Ok();
        var iterator = (await KinesisAsync("GetShardIterator", """
            {"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}
            """)).Ok().Body!["ShardIterator"];

        var answer = (await KinesisAsync(
            "GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).Ok().Body!["Records"]!.AsArray();

        Assert.All(answer, record => Assert.Equal(
            ["ApproximateArrivalTimestamp", "Data", "PartitionKey", "SequenceNumber"], Names(record)));
        Assert.Equal(texts.Select(Base64), answer.Select(record => (string?)record!["Data"]));
        Assert.All(answer, record => Assert.Equal("1", (string?)record!["PartitionKey"]));
        Assert.Equal(texts.Length, answer.Select(record => (string?)record!["SequenceNumber"]).Distinct().Count());
    }

    [Fact]
    [RecordedCase("kinesis: test_cbor_exceptions")]
    public async Task An_error_in_CBOR_has_its_type_without_a_namespace()
    {
        var writer = new CborWriter();
        writer.WriteStartMap(1);
        writer.WriteTextString("StreamName");
        writer.WriteTextString("wrong-stream-name");
        writer.WriteEndMap();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(writer.Encode())
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-cbor-1.1") },
            },
        };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.DescribeStream");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/kinesis/aws4_request, Signature=0");
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var reader = new CborReader(await response.Content.ReadAsByteArrayAsync());
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
            members.Add(reader.ReadTextString(), reader.ReadTextString());
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(
            [
                new("__type", "ResourceNotFoundException"),
                new("message", $"Stream wrong-stream-name under account {Account} not found."),
            ],
            members);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Names(JsonNode? node) =>
        node!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);
}
