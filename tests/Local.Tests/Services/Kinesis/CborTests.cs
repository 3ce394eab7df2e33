using System.Formats.Cbor;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>The CBOR of the SDK for Java: bytes as bytes, timestamps as milliseconds behind tag 1.</summary>
public sealed class CborTests
{
    private const string ContentType = "application/x-amz-cbor-1.1";

    [Fact]
    public async Task Records_are_put_and_read_as_CBOR()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        await kinesis.CreateAsync("readings");
        var before = kinesis.World.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var put = await OkAsync(kinesis, "PutRecord", ("StreamName", "readings"), ("PartitionKey", "k"),
            ("Data", new byte[] { 0, 255, 1 }));
        var iterator = await OkAsync(kinesis, "GetShardIterator", ("StreamName", "readings"),
            ("ShardId", put["ShardId"]), ("ShardIteratorType", "AT_TIMESTAMP"),
            ("Timestamp", DateTimeOffset.FromUnixTimeMilliseconds(before)));

        var answer = await OkAsync(kinesis, "GetRecords", ("ShardIterator", iterator["ShardIterator"]), ("Limit", 5));

        var record = (Dictionary<string, object?>)Assert.Single((List<object?>)answer["Records"]!)!;
        Assert.Equal(new byte[] { 0, 255, 1 }, record["Data"]);
        Assert.Equal(put["SequenceNumber"], record["SequenceNumber"]);
        Assert.InRange(((DateTimeOffset)record["ApproximateArrivalTimestamp"]!).ToUnixTimeMilliseconds(),
            before, before + 20_000);
        Assert.Equal(0L, answer["MillisBehindLatest"]);
        var summary = (Dictionary<string, object?>)(await OkAsync(
            kinesis, "DescribeStreamSummary", ("StreamName", "readings")))["StreamDescriptionSummary"]!;
        Assert.IsType<DateTimeOffset>(summary["StreamCreationTimestamp"]);
    }

    [Fact]
    public async Task Errors_are_CBOR_too()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();

        var (status, answer) = await AskAsync(kinesis, "DescribeStream", ("StreamName", "none"));
        Assert.Equal((400, "ResourceNotFoundException", "Stream none under account 000000000000 not found."),
            (status, answer["__type"], answer["message"]));
        (status, answer) = await AskAsync(kinesis, "SubscribeToShard", ("ShardId", "s"));
        Assert.Equal((400, "com.amazon.coral.service#UnknownOperationException"), (status, answer["__type"]));
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("a1")]
    [InlineData("a16161")]
    [InlineData("00")]
    [InlineData("bf61615f4100ff")]
    public async Task What_is_no_CBOR_document_of_the_operation_is_refused(string hex)
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();

        var (status, type, body) = await kinesis.SendAsync(
            "DescribeStream", Convert.FromHexString(hex), ContentType);

        Assert.Equal((400, ContentType), (status, type));
        Assert.Equal("SerializationException", ((Dictionary<string, object?>)Read(new CborReader(body))!)["__type"]);
    }

    private static async Task<Dictionary<string, object?>> OkAsync(
        KinesisOnPortZero kinesis, string operation, params (string Name, object? Value)[] members)
    {
        var (status, answer) = await AskAsync(kinesis, operation, members);
        Assert.True(status == 200, $"{answer.GetValueOrDefault("__type")} {answer.GetValueOrDefault("message")}");
        return answer;
    }

    private static async Task<(int Status, Dictionary<string, object?> Answer)> AskAsync(
        KinesisOnPortZero kinesis, string operation, params (string Name, object? Value)[] members)
    {
        var writer = new CborWriter();
        // As the SDK for Java writes: a map whose length is not said before.
        writer.WriteStartMap(null);
        foreach (var (name, value) in members)
        {
            writer.WriteTextString(name);
            Write(writer, value);
        }

        writer.WriteEndMap();
        var (status, type, body) = await kinesis.SendAsync(operation, writer.Encode(), ContentType);
        Assert.Equal(ContentType, type);
        return (status, (Dictionary<string, object?>)Read(new CborReader(body))!);
    }

    private static void Write(CborWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteTextString(text);
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case int number:
                writer.WriteInt32(number);
                break;
            case DateTimeOffset instant:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteInt64(instant.ToUnixTimeMilliseconds());
                break;
            default:
                throw new NotSupportedException($"{value}");
        }
    }

    private static object? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var members = new Dictionary<string, object?>();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap) members[reader.ReadTextString()] = Read(reader);
                reader.ReadEndMap();
                return members;
            case CborReaderState.StartArray:
                var items = new List<object?>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray) items.Add(Read(reader));
                reader.ReadEndArray();
                return items;
            case CborReaderState.Tag:
                Assert.Equal(CborTag.UnixTimeSeconds, reader.ReadTag());
                return DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            case CborReaderState.ByteString:
                return reader.ReadByteString();
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            default:
                return reader.ReadInt64();
        }
    }
}
