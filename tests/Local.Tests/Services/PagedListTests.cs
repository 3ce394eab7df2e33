using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Local.Tests.Services.DynamoDb;
using Isobar.Local.Tests.Services.EventBridge;
using Isobar.Local.Tests.Services.Sns;
using Isobar.Local.Tests.Services.Sqs;
using Page = (System.Collections.Generic.IReadOnlyList<string> Items, string? Next);

namespace Isobar.Local.Tests.Services;

/// <summary>Every paged list whose items a client can delete; S3's lists have tests of their own.</summary>
public sealed class PagedListTests
{
    // Of SNS: 100 on a page, and no parameter that asks for fewer.
    private const int MoreThanTwoPagesOfSns = 203;

    public static TheoryData<Deletion> Deletions => PagedList.Deletions;

    public static MatrixTheoryData<Deletion, bool> DeletionsInBothOrders { get; } =
        new(Enum.GetValues<Deletion>(), [true, false]);

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListQueues_loses_no_queue_when_others_are_deleted(Deletion deletion)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        List<string> urls = [];
        foreach (var name in Names(7)) urls.Add(await sqs.CreateAsync(name));

        await PagedList.AssertNothingIsLostAsync(urls, deletion,
            async marker =>
            {
                var (status, answer) = await sqs.PostAsync("ListQueues", $$"""{"MaxResults":2{{After(marker)}} }""");
                Assert.Equal(200, status);
                return Read(answer, "QueueUrls", url => url.GetString()!);
            },
            url => sqs.PostAsync("DeleteQueue", $$"""{"QueueUrl":"{{url}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListTopics_loses_no_topic_when_others_are_deleted(Deletion deletion)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        List<string> topics = [SnsOnPortZero.TopicArn];
        foreach (var name in Names(MoreThanTwoPagesOfSns))
            topics.Add(SnsOnPortZero.Text(await sns.OkAsync("CreateTopic", ("Name", name)), "TopicArn")!);

        await PagedList.AssertNothingIsLostAsync(topics, deletion,
            marker => ReadAsync(sns, "ListTopics", marker, "TopicArn"),
            topic => sns.OkAsync("DeleteTopic", ("TopicArn", topic)));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListSubscriptions_loses_no_subscription_when_others_are_deleted(Deletion deletion)
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        await PagedList.AssertNothingIsLostAsync(await SubscriptionsAsync(sns), deletion,
            marker => ReadAsync(sns, "ListSubscriptions", marker, "SubscriptionArn"),
            subscription => sns.OkAsync("Unsubscribe", ("SubscriptionArn", subscription)));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListSubscriptionsByTopic_loses_no_subscription_when_others_are_deleted(Deletion deletion)
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        await PagedList.AssertNothingIsLostAsync(await SubscriptionsAsync(sns), deletion,
            marker => ReadAsync(sns, "ListSubscriptionsByTopic", marker, "SubscriptionArn",
                ("TopicArn", SnsOnPortZero.TopicArn)),
            subscription => sns.OkAsync("Unsubscribe", ("SubscriptionArn", subscription)));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListRules_loses_no_rule_when_others_are_deleted(Deletion deletion)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var rules = Names(7).ToList();
        foreach (var rule in rules)
        {
            await events.OkAsync(
                "PutRule", $$"""{"Name":"{{rule}}","EventPattern":"{\"source\":[\"isobar\"]}"}""");
        }

        await PagedList.AssertNothingIsLostAsync(rules, deletion,
            async marker => Read(await events.OkAsync("ListRules", $$"""{"Limit":2{{After(marker)}} }"""), "Rules",
                rule => rule.GetProperty("Name").GetString()!),
            rule => events.OkAsync("DeleteRule", $$"""{"Name":"{{rule}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListTargetsByRule_loses_no_target_when_others_are_deleted(Deletion deletion)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var ids = Names(5).ToList();
        await events.RuleAsync(string.Join(
            ',', ids.Select(id => $$"""{"Id":"{{id}}","Arn":"{{EventsOnPortZero.QueueArn(id)}}"}""")));

        await PagedList.AssertNothingIsLostAsync(ids, deletion,
            async marker => Read(
                await events.OkAsync("ListTargetsByRule", $$"""{"Rule":"all","Limit":2{{After(marker)}} }"""),
                "Targets", target => target.GetProperty("Id").GetString()!),
            id => events.OkAsync("RemoveTargets", $$"""{"Rule":"all","Ids":["{{id}}"]}"""));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListEventBuses_loses_no_bus_when_others_are_deleted(Deletion deletion)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var buses = Names(7).ToList();
        foreach (var bus in buses) await events.OkAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""");

        await PagedList.AssertNothingIsLostAsync(buses, deletion,
            async marker => Read(
                await events.OkAsync("ListEventBuses", $$"""{"NamePrefix":"n","Limit":2{{After(marker)}} }"""),
                "EventBuses", bus => bus.GetProperty("Name").GetString()!),
            bus => events.OkAsync("DeleteEventBus", $$"""{"Name":"{{bus}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task ListTables_loses_no_table_when_others_are_deleted(Deletion deletion)
    {
        await using var tables = await DynamoDbOnPortZero.StartAsync();
        var names = Names(7).Prepend(DynamoDbOnPortZero.Table).ToList();
        foreach (var name in names.Skip(1))
        {
            await tables.Client.CreateTableAsync(new CreateTableRequest
            {
                TableName = name, BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new("pk", ScalarAttributeType.S)], KeySchema = [new("pk", KeyType.HASH)],
            });
        }

        await PagedList.AssertNothingIsLostAsync(names, deletion,
            async marker =>
            {
                var page = await tables.Client.ListTablesAsync(
                    new ListTablesRequest { Limit = 2, ExclusiveStartTableName = marker });
                return (page.TableNames, page.LastEvaluatedTableName);
            },
            name => tables.Client.DeleteTableAsync(name));
    }

    [Theory]
    [MemberData(nameof(DeletionsInBothOrders))]
    public async Task Query_loses_no_item_when_others_are_deleted(Deletion deletion, bool forward)
    {
        await using var tables = await DynamoDbOnPortZero.StartAsync();
        var items = Names(7).ToList();
        foreach (var item in items) await PutAsync(tables, item);
        if (!forward) items.Reverse();

        await PagedList.AssertNothingIsLostAsync(items, deletion,
            async marker =>
            {
                var page = await tables.Client.QueryAsync(new QueryRequest
                {
                    TableName = DynamoDbOnPortZero.Table, KeyConditionExpression = "job = :job",
                    ExpressionAttributeValues = new() { [":job"] = new("job") }, Limit = 2, ScanIndexForward = forward,
                    ExclusiveStartKey = marker is null ? null : DynamoDbOnPortZero.Key("job", marker),
                });
                return Read(page.Items, page.LastEvaluatedKey);
            },
            item => DeleteAsync(tables, item));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task Scan_loses_no_item_when_others_are_deleted(Deletion deletion)
    {
        await using var tables = await DynamoDbOnPortZero.StartAsync();
        var items = Names(7).ToList();
        foreach (var item in items) await PutAsync(tables, item);

        await PagedList.AssertNothingIsLostAsync(items, deletion,
            async marker =>
            {
                var page = await tables.Client.ScanAsync(new ScanRequest
                {
                    TableName = DynamoDbOnPortZero.Table, Limit = 2,
                    ExclusiveStartKey = marker is null ? null : DynamoDbOnPortZero.Key("job", marker),
                });
                return Read(page.Items, page.LastEvaluatedKey);
            },
            item => DeleteAsync(tables, item));
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"n-{i:D3}");

    private static string After(string? marker) => marker is null ? "" : $",\"NextToken\":\"{marker}\"";

    private static Page Read(JsonElement answer, string list, Func<JsonElement, string> name) => (
        [.. answer.TryGetProperty(list, out var items) ? items.EnumerateArray().Select(name) : []],
        answer.TryGetProperty("NextToken", out var next) ? next.GetString() : null);

    private static Page Read(
        List<Dictionary<string, AttributeValue>>? items, Dictionary<string, AttributeValue>? last) => (
        [.. (items ?? []).Select(item => item["item"].S)], last is { Count: > 0 } ? last["item"].S : null);

    private static async Task<Page> ReadAsync(
        SnsOnPortZero sns, string action, string? marker, string name, params (string, string)[] more)
    {
        var answer = await sns.OkAsync(action, marker is null ? more : [.. more, ("NextToken", marker)]);
        return (SnsOnPortZero.Texts(answer, name), SnsOnPortZero.Text(answer, "NextToken"));
    }

    private static async Task<IReadOnlyList<string>> SubscriptionsAsync(SnsOnPortZero sns)
    {
        List<string> subscriptions = [];
        foreach (var name in Names(MoreThanTwoPagesOfSns))
            subscriptions.Add(await sns.SubscribeAsync(SnsOnPortZero.QueueArn(name)));
        return [.. subscriptions.Order(StringComparer.Ordinal)];
    }

    private static Task PutAsync(DynamoDbOnPortZero tables, string item) =>
        tables.Client.PutItemAsync(DynamoDbOnPortZero.Table, DynamoDbOnPortZero.Key("job", item));

    private static Task DeleteAsync(DynamoDbOnPortZero tables, string item) =>
        tables.Client.DeleteItemAsync(DynamoDbOnPortZero.Table, DynamoDbOnPortZero.Key("job", item));
}
