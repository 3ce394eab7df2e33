using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Local.Services.DynamoDb;
using static Isobar.Local.Tests.Services.DynamoDb.Streams.StreamCalls;

namespace Isobar.Local.Tests.Services.DynamoDb.Streams;

public sealed class StreamWireTests
{
    private const string Table = "watched";

    [Theory]
    [InlineData("KEYS_ONLY", false, false)]
    [InlineData("NEW_IMAGE", true, false)]
    [InlineData("OLD_IMAGE", false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", true, true)]
    public async Task A_record_has_the_images_of_its_streams_view(string view, bool hasNew, bool hasOld)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table, view);
        await PutAsync(host, Table, "a", "one");
        await PutAsync(host, Table, "a", "two");
        await host.Client.DeleteItemAsync(Table, new() { ["id"] = new("a") });

        var records = await RecordsAsync(host, stream);

        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], records.Select(record => (string?)record!["eventName"]));
        var change = records[1]!["dynamodb"]!;
        Assert.Equal((hasNew, hasOld), (change["NewImage"] is not null, change["OldImage"] is not null));
        Assert.Equal("""{"id":{"S":"a"}}""", change["Keys"]!.ToJsonString());
        if (hasNew) Assert.Equal("two", (string?)change["NewImage"]!["value"]!["S"]);
        if (hasOld) Assert.Equal("one", (string?)change["OldImage"]!["value"]!["S"]);
        // Keys 2 + 1; an image 2 + 1 + 5 + 3.
        Assert.Equal(3 + (hasNew ? 11 : 0) + (hasOld ? 11 : 0), (int)change["SizeBytes"]!);
        Assert.Equal(view, (string?)change["StreamViewType"]);
        Assert.Equal(("1.1", "aws:dynamodb", "us-east-1"), ((string?)records[1]!["eventVersion"],
            (string?)records[1]!["eventSource"], (string?)records[1]!["awsRegion"]));
        Assert.Equal(3, records.Select(record => (string?)record!["eventID"]).Distinct().Count());
    }

    [Fact]
    public async Task A_write_that_changes_nothing_has_no_record_and_a_transaction_has_one_for_each_item()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table);
        await PutAsync(host, Table, "a", "same");
        await PutAsync(host, Table, "a", "same");
        await host.Client.DeleteItemAsync(Table, new() { ["id"] = new("missing") });
        await host.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = [.. new[] { "b", "c" }.Select(id => new TransactWriteItem
            {
                Put = new Put { TableName = Table, Item = new() { ["id"] = new(id) } },
            })],
        });

        var records = await RecordsAsync(host, stream);

        Assert.Equal(["a", "b", "c"], records.Select(record => (string?)record!["dynamodb"]!["Keys"]!["id"]!["S"]));
        var numbers = records.Select(record => (string)record!["dynamodb"]!["SequenceNumber"]!).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.All(numbers, number => Assert.Matches("^[0-9]{21,40}$", number));
    }

    [Fact]
    public async Task A_stream_that_is_enabled_again_is_a_new_one_and_the_old_one_can_still_be_read()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var first = await CreateAsync(host, Table);
        await PutAsync(host, Table, "a");
        await ChangeAsync(host, enabled: false);
        await PutAsync(host, Table, "unseen");
        var disabled = (await host.Client.DescribeTableAsync(Table)).Table;
        var second = (await ChangeAsync(host, enabled: true, "KEYS_ONLY")).LatestStreamArn;

        Assert.Null(disabled.StreamSpecification);
        Assert.Equal(first, disabled.LatestStreamArn);
        Assert.NotEqual(first, second);
        Assert.Single(await RecordsAsync(host, first));
        Assert.Empty(await RecordsAsync(host, second));
        var (_, end) = await GetAsync(host, await IteratorAsync(host, first));
        Assert.Null(end["NextShardIterator"]);
        Assert.Equal("DISABLED", (string?)(await DescribeAsync(host, first))["StreamStatus"]);
        var (_, listed) = await AskAsync(host.Address, "ListStreams", $$"""{"TableName":"{{Table}}"}""");
        Assert.Equal([first, second], listed["Streams"]!.AsArray().Select(stream => (string?)stream!["StreamArn"]));
    }

    [Fact]
    public async Task A_stream_is_refused_what_AWS_refuses()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await CreateAsync(host, Table);

        Assert.Equal($"Table already has an enabled stream: TableName: {Table}",
            await ErrorAsync(() => ChangeAsync(host, enabled: true, "KEYS_ONLY")));
        Assert.Equal("One or more parameter values were invalid: If stream is being enabled then UpdateViewType is "
            + "required", await ErrorAsync(() => ChangeAsync(host, enabled: true)));
        Assert.Equal("One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must "
            + "not be specified", await ErrorAsync(() => ChangeAsync(host, enabled: false, "KEYS_ONLY")));
        await ChangeAsync(host, enabled: false);
        Assert.Equal($"Table has no stream to disable: TableName: {Table}",
            await ErrorAsync(() => ChangeAsync(host, enabled: false)));
        const string missing = "arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2026-01-01T00:00:00.000";
        var (status, answer) = await AskAsync(host.Address, "DescribeStream", $$"""{"StreamArn":"{{missing}}"}""");
        Assert.Equal((400, $"Requested resource not found: Stream: {missing} not found"),
            (status, (string?)answer["message"]));
        Assert.EndsWith("#ResourceNotFoundException", (string?)answer["__type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_go_on_from_iterator_to_iterator_and_an_old_iterator_expires()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table);
        for (var i = 0; i < 5; i++) await PutAsync(host, Table, $"{i}");
        var iterator = await IteratorAsync(host, stream);
        var old = iterator;
        var read = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var (_, page) = await GetAsync(host, iterator, limit: 2);
            read.AddRange(page["Records"]!.AsArray().Select(record =>
                (string)record!["dynamodb"]!["Keys"]!["id"]!["S"]!));
            iterator = (string)page["NextShardIterator"]!;
        }

        Assert.Equal(["0", "1", "2", "3", "4"], read);
        Assert.Empty((await GetAsync(host, iterator)).Answer["Records"]!.AsArray());
        await PutAsync(host, Table, "later");
        Assert.Single((await GetAsync(host, iterator)).Answer["Records"]!.AsArray());
        host.World.Clock.JumpBy(DynamoDbLimits.IteratorLifetime + TimeSpan.FromSeconds(1));
        var (status, expired) = await GetAsync(host, old);
        Assert.Equal(400, status);
        Assert.EndsWith("#ExpiredIteratorException", (string?)expired["__type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iterators_begin_at_after_or_behind_a_record()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table);
        for (var i = 0; i < 3; i++) await PutAsync(host, Table, $"{i}");
        var number = (string)(await RecordsAsync(host, stream))[1]!["dynamodb"]!["SequenceNumber"]!;

        foreach (var (type, more, count) in new[]
        {
            ("AT_SEQUENCE_NUMBER", $",\"SequenceNumber\":\"{number}\"", 2),
            ("AFTER_SEQUENCE_NUMBER", $",\"SequenceNumber\":\"{number}\"", 1), ("LATEST", "", 0),
        })
        {
            var (_, answer) = await GetAsync(host, await IteratorAsync(host, stream, 0, type, more));
            Assert.Equal(count, answer["Records"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task After_four_hours_a_child_shard_takes_over_and_after_a_day_records_are_trimmed()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table);
        await PutAsync(host, Table, "old");
        host.World.Clock.JumpBy(TimeSpan.FromHours(5));
        await PutAsync(host, Table, "new");

        var shards = (await DescribeAsync(host, stream))["Shards"]!.AsArray();
        Assert.Equal(2, shards.Count);
        Assert.Equal((string?)shards[0]!["ShardId"], (string?)shards[1]!["ParentShardId"]);
        Assert.NotNull(shards[0]!["SequenceNumberRange"]!["EndingSequenceNumber"]);
        Assert.Null(shards[1]!["SequenceNumberRange"]!["EndingSequenceNumber"]);

        host.World.Clock.JumpBy(TimeSpan.FromHours(20));
        var left = Assert.Single(await RecordsAsync(host, stream))!;
        Assert.Equal("new", (string?)left["dynamodb"]!["Keys"]!["id"]!["S"]);
        host.World.Clock.JumpBy(TimeSpan.FromHours(24));
        Assert.Empty(await RecordsAsync(host, stream));
    }

    [Fact]
    public async Task An_item_whose_time_to_live_ends_is_removed_by_the_service()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var stream = await CreateAsync(host, Table);
        await host.Client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = Table,
            TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "ends", Enabled = true },
        });
        var end = host.World.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        foreach (var (id, seconds) in new[] { ("short", end), ("long", end + 7_200) })
            await host.Client.PutItemAsync(Table,
                new() { ["id"] = new(id), ["ends"] = new() { N = $"{seconds}" } });
        await host.Client.PutItemAsync(Table, new() { ["id"] = new("text"), ["ends"] = new($"{end}") });

        host.World.Clock.JumpBy(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await host.Client.ScanAsync(new ScanRequest { TableName = Table })).Count);
        var removed = (await RecordsAsync(host, stream))[^1]!;
        Assert.Equal(("REMOVE", "short"),
            ((string?)removed["eventName"], (string?)removed["dynamodb"]!["Keys"]!["id"]!["S"]));
        Assert.Equal("""{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}""",
            removed["userIdentity"]!.ToJsonString());
        var described = await host.Client.DescribeTimeToLiveAsync(Table);
        Assert.Equal((TimeToLiveStatus.ENABLED, "ends"),
            (described.TimeToLiveDescription.TimeToLiveStatus, described.TimeToLiveDescription.AttributeName));
        Assert.Equal("TimeToLive is already enabled", await ErrorAsync(() => host.Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = Table,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "ends", Enabled = true },
            })));
    }

    [Fact]
    public async Task Boto3_reads_a_stream_as_on_AWS()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        var answers = await PythonClient.RunAsync("Services/DynamoDb/Streams/streams.py", host.Address);

        Assert.Equal("""["INSERT","MODIFY","REMOVE"]""", answers["events"]!.ToJsonString());
        Assert.Equal("""["ENABLED","DISABLED",true]""", answers["stream"]!.ToJsonString());
        Assert.Equal("""["ResourceNotFoundException",400]""", answers["missing"]!.ToJsonString());
    }

    private static async Task<TableDescription> ChangeAsync(DynamoDbOnPortZero host, bool enabled, string? view = null)
    {
        var specification = new StreamSpecification { StreamEnabled = enabled };
        if (view is not null) specification.StreamViewType = view;
        return (await host.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = Table, StreamSpecification = specification,
        })).TableDescription;
    }

    private static async Task<string> ErrorAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<AmazonDynamoDBException>(call)).Message;
}
