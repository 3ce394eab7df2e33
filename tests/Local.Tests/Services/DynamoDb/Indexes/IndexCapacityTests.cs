using Isobar.Local.Costs;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>Source: Amazon DynamoDB Developer Guide, "Provisioned throughput considerations for Global Secondary
/// Indexes".</summary>
public sealed class IndexCapacityTests
{
    private const string Open = """ ,"state":{"S":"open"} """;

    [Fact]
    public async Task A_write_takes_units_in_each_index_that_it_changes()
    {
        await using var host = await StartAsync();
        await MakeAsync(host);

        // One unit for the table each time, and in the index:
        Assert.Equal(1, await WriteAsync(host, "PutItem", Put("")));
        Assert.Equal(2, await WriteAsync(host, "PutItem", Put(Open)));
        // nothing for an attribute that is not in it,
        Assert.Equal(1, await WriteAsync(host, "PutItem", Put(""" ,"state":{"S":"open"},"rows":{"N":"1"} """)));
        // a deletion and a put for another key,
        Assert.Equal(3, await WriteAsync(host, "PutItem", Put(""" ,"state":{"S":"done"},"rows":{"N":"1"} """)));
        // and a deletion.
        Assert.Equal(2, await WriteAsync(host, "DeleteItem",
            """{"TableName":"jobs","Key":{"job":{"S":"a"},"item":{"S":"b"}}}"""));
        Assert.Equal(2, await WriteAsync(host, "BatchWriteItem",
            $$"""{"RequestItems":{"jobs":[{"PutRequest":{"Item":{{Item(Open)}} } }]} }"""));
    }

    [Fact]
    public async Task A_read_takes_units_for_what_the_index_holds()
    {
        await using var host = await StartAsync();
        await MakeAsync(host);
        var more = new string('x', 9_000);
        await host.OkAsync("PutItem", Put($$""" ,"state":{"S":"open"},"more":{"S":"{{more}}"} """));

        // 9 KB of the table, read eventually consistent, and less than 4 KB of the index.
        Assert.Equal(1.5m, await UnitsAsync(host, Meter.TableReadUnits, "Scan", """{"TableName":"jobs"}"""));
        Assert.Equal(0.5m, await UnitsAsync(host, Meter.TableReadUnits, "Scan",
            """{"TableName":"jobs","IndexName":"by-state"}"""));
    }

    private static Task MakeAsync(DynamoDbOnPortZero host) => host.OkAsync("UpdateTable", """
        {"TableName":"jobs","AttributeDefinitions":[{"AttributeName":"state","AttributeType":"S"}],
        "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-state",
        "KeySchema":[{"AttributeName":"state","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}}]}
        """);

    private static string Put(string attributes) => $$"""{"TableName":"jobs","Item":{{Item(attributes)}} }""";

    private static string Item(string attributes) => $$$"""{"job":{"S":"a"},"item":{"S":"b"}{{{attributes}}} }""";

    private static Task<decimal> WriteAsync(DynamoDbOnPortZero host, string operation, string body) =>
        UnitsAsync(host, Meter.TableWriteUnits, operation, body);

    private static async Task<decimal> UnitsAsync(
        DynamoDbOnPortZero host, Meter meter, string operation, string body)
    {
        var before = Units();
        await host.OkAsync(operation, body);
        return Units() - before;

        decimal Units() => host.World.Journal.After(0).Select(entry => entry.Fact).OfType<IChargedFact>()
            .SelectMany(fact => fact.Charges).Where(charge => charge.Meter == meter).Sum(charge => charge.Quantity);
    }
}
