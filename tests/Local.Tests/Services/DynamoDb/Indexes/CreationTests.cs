using System.Text.Json;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>Sources of the texts: the findings of ack-api-quirks (table indexes, October 2026), architect/dynalite
/// (test/createTable.js) and getmoto/moto (exceptions), all from AWS.</summary>
public sealed class CreationTests
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string G = "\"GlobalSecondaryIndexes\":";
    private const string L = "\"LocalSecondaryIndexes\":";

    [Theory]
    [InlineData($"{G}[]", Invalid + "List of GlobalSecondaryIndexes is empty")]
    [InlineData($"{L}[]", Invalid + "List of LocalSecondaryIndexes is empty")]
    [InlineData("", Invalid + "Number of attributes in KeySchema does not exactly match "
        + "number of attributes defined in AttributeDefinitions")]
    [InlineData($"{G}[{{N}}]", Invalid + "Some AttributeDefinitions are not used. "
        + "AttributeDefinitions: [p, s, x, n], keys used: [p, s, n]")]
    [InlineData($"{G}[{{X}},{{X}}],{L}[{{LN}}]", Invalid + "Duplicate index name: x-index")]
    [InlineData($"{G}[{{X}}],{L}[{{LN:x-index}}]", Invalid + "Duplicate index name: x-index")]
    [InlineData($"{G}[{{X:KEYS}}],{L}[{{LN}}]", "1 validation error detected: Value 'KEYS' at "
        + "'globalSecondaryIndexes.1.member.projection.projectionType' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]")]
    [InlineData($"{G}[{{X:INCLUDE}}],{L}[{{LN}}]",
        Invalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified")]
    [InlineData($"{G}[{{X:ALL+y}}],{L}[{{LN}}]", Invalid + "ProjectionType is ALL, but NonKeyAttributes is specified")]
    [InlineData($"{G}[{{X:INCLUDE+y,y}}],{L}[{{LN}}]", Invalid + "Duplicate element in NonKeyAttributes: y")]
    [InlineData($"{G}[{{X:}}],{L}[{{LN}}]", Invalid + "Unknown ProjectionType: null")]
    [InlineData($"{G}[{{Q}},{{X}}],{L}[{{LN}}]", Invalid + "Some index key attributes are not defined in "
        + "AttributeDefinitions. Keys: [q], AttributeDefinitions: [p, s, x, n]")]
    [InlineData($"{G}[{{X}}],{L}[{{LX}}]", Invalid + "Index KeySchema does not have the same leading hash key as table "
        + "KeySchema for index: lx-index. index hash key: x, table hash key: p")]
    [InlineData($"{G}[{{X}}],{L}[{{LP}},{{LN}}]",
        Invalid + "Index KeySchema does not have a range key for index: lp-index")]
    [InlineData($"{G}[{{X:ALL%5}}],{L}[{{LN}}]",
        Invalid + "ProvisionedThroughput should not be specified for index: x-index "
        + "when BillingMode is PAY_PER_REQUEST")]
    public async Task A_table_with_indexes_that_can_not_be_is_refused(string indexes, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(("ValidationException", message), await host.ErrorAsync("CreateTable", Table(indexes)));
        Assert.Equal([DynamoDbOnPortZero.Table], (await host.Client.ListTablesAsync()).TableNames);
    }

    [Theory]
    [InlineData("g1", "1 validation error detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' failed "
        + "to satisfy constraint: Member must have length greater than or equal to 3")]
    [InlineData("g 1", "1 validation error detected: Value 'g 1' at 'globalSecondaryIndexes.1.member.indexName' failed "
        + "to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    public async Task The_name_of_an_index_has_3_to_255_plain_characters(string name, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(message, (await host.ErrorAsync("CreateTable",
            Table($"{G}[{{X}}],{L}[{{LN}}]").Replace("x-index", name, StringComparison.Ordinal))).Message);
    }

    [Fact]
    public async Task A_local_index_needs_a_table_with_a_sort_key()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(Invalid + "Table KeySchema does not have a range key, which is required when specifying a "
            + "LocalSecondaryIndex", (await host.ErrorAsync("CreateTable", """
            {"TableName":"made","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},
            {"AttributeName":"n","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
            "LocalSecondaryIndexes":[{"IndexName":"local","Projection":{"ProjectionType":"ALL"},"KeySchema":[
            {"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}]}]}
            """)).Message);
    }

    [Fact]
    public async Task A_table_has_at_most_20_global_and_5_local_indexes_and_100_included_attributes()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        var local = $"{L}[{{LN}}]";

        Assert.Equal(Invalid + "GlobalSecondaryIndex count exceeds the per-table limit of 20",
            (await host.ErrorAsync("CreateTable", Table($"{G}[{Many(21)}],{local}"))).Message);
        Assert.Equal(Invalid + "Number of LocalSecondaryIndexes exceeds per-table limit of 5",
            (await host.ErrorAsync("CreateTable", Table($"{G}[{{X}}],{L}["
                + string.Join(',', Enumerable.Range(0, 6).Select(i => $"{{LN:local-{i}}}")) + "]"))).Message);
        Assert.Equal("1 validation error detected: Value '[" + string.Join(", ", Enumerable.Range(0, 21))
            + "]' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: "
            + "Member must have length less than or equal to 20",
            (await host.ErrorAsync("CreateTable", Table($"{G}[{Many(1, 21)}],{local}"))).Message);
        Assert.StartsWith(Invalid, (await host.ErrorAsync("CreateTable", Table($"{G}[{Many(6, 17)}],{local}"))).Message,
            StringComparison.Ordinal);
        var table = (await host.OkAsync("CreateTable", Table($"{G}[{Many(20, 5)}],{local}")))
            .GetProperty("TableDescription");
        Assert.Equal(20, table.GetProperty("GlobalSecondaryIndexes").GetArrayLength());
        Assert.Equal(("LimitExceededException", "Subscriber limit exceeded: "
            + "Number of global secondary indexes exceeds per-table limit of 20"),
            await host.ErrorAsync("UpdateTable", """
            {"TableName":"made","AttributeDefinitions":[{"AttributeName":"x","AttributeType":"S"}],
            "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"one-more","Projection":{"ProjectionType":"ALL"},
            "KeySchema":[{"AttributeName":"x","KeyType":"HASH"}]}}]}
            """));
    }

    [Fact]
    public async Task Attributes_and_projections_are_described_in_order_of_their_names()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        var table = (await host.OkAsync("CreateTable", Table($"{G}[{{X:INCLUDE+z,y}}],{L}[{{LN}}]")))
            .GetProperty("TableDescription");

        Assert.Equal(["n", "p", "s", "x"], table.GetProperty("AttributeDefinitions").EnumerateArray()
            .Select(attribute => attribute.GetProperty("AttributeName").GetString()));
        Assert.Equal("""{"ProjectionType":"INCLUDE","NonKeyAttributes":["y","z"]}""",
            table.GetProperty("GlobalSecondaryIndexes")[0].GetProperty("Projection").GetRawText());
        Assert.Equal($"{TableCalls.TableArn.Replace("jobs", "made", StringComparison.Ordinal)}/index/ln-index",
            table.GetProperty("LocalSecondaryIndexes")[0].GetProperty("IndexArn").GetString());
    }

    private static string Many(int count, int included = 0) => string.Join(',', Enumerable.Range(0, count).Select(i =>
        $"{{X:{(included == 0 ? "ALL" : "INCLUDE+" + string.Join(',', Enumerable.Range(0, included)))}@many-{i}}}"));

    // {X} is a global index by x and {LN} a local one by n; after a colon stands the type of the projection with what
    // it includes after a plus sign, capacity after a per cent sign and another name after an at sign.
    private static string Table(string indexes)
    {
        var filled = new System.Text.StringBuilder();
        for (var i = 0; i < indexes.Length; i++)
        {
            if (indexes[i] != '{')
            {
                filled.Append(indexes[i]);
                continue;
            }

            var end = indexes.IndexOf('}', i);
            filled.Append(Index(indexes[(i + 1)..end]));
            i = end;
        }

        return """
            {"TableName":"made","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
            {"AttributeName":"p","AttributeType":"S"},{"AttributeName":"s","AttributeType":"S"},
            {"AttributeName":"x","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]
            """ + $"{(filled.Length > 0 ? "," : "")}{filled}}}";
    }

    private static string Index(string text)
    {
        var (rest, name) = Cut(text, '@');
        (rest, var capacity) = Cut(rest, '%');
        (rest, var included) = Cut(rest, '+');
        var (key, type) = Cut(rest, ':');
        if (key[0] == 'L' && type is not null) (name, type) = (type, "ALL");
        string[] attributes = key switch
        {
            "LN" => ["p", "n"],
            "LX" => ["x", "n"],
            "LP" => ["p"],
            _ => [key.ToLowerInvariant()],
        };
        var projection = new Dictionary<string, object>();
        if (type != "") projection["ProjectionType"] = type ?? "ALL";
        if (included is not null) projection["NonKeyAttributes"] = included.Split(',');
        var index = new Dictionary<string, object>
        {
            ["IndexName"] = name ?? $"{key.ToLowerInvariant()}-index",
            ["KeySchema"] = attributes.Select((attribute, i) => new Dictionary<string, string>
            {
                ["AttributeName"] = attribute, ["KeyType"] = i == 0 ? "HASH" : "RANGE",
            }),
            ["Projection"] = projection,
        };
        if (capacity is not null)
            index["ProvisionedThroughput"] = new Dictionary<string, int>
            {
                ["ReadCapacityUnits"] = int.Parse(capacity, null), ["WriteCapacityUnits"] = int.Parse(capacity, null),
            };
        return JsonSerializer.Serialize(index);

        static (string Before, string? After) Cut(string text, char at) =>
            text.Split(at, 2) is [var before, var after] ? (before, after) : (text, null);
    }
}
