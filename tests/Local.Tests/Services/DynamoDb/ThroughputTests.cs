using System.Text.Json;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Sources: answers of AWS recorded by LocalStack's tests (test_dynamodb.snapshot.json, October 2025), the
/// findings of ack-api-quirks (October 2026) and architect/dynalite (test/updateTable.js), from AWS.</summary>
public sealed class ThroughputTests
{
    private const string Invalid = "One or more parameter values were invalid: ";

    [Fact]
    public async Task A_provisioned_table_is_described_as_it_was_recorded_at_AWS()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await CreateAsync(host, Units(5));

        var table = await DescribeAsync(host);
        var index = table.GetProperty("GlobalSecondaryIndexes")[0];

        Assert.False(table.TryGetProperty("BillingModeSummary", out _));
        Assert.Equal("""{"NumberOfDecreasesToday":0,"ReadCapacityUnits":5,"WriteCapacityUnits":5}""",
            table.GetProperty("ProvisionedThroughput").GetRawText());
        Assert.Equal("""{"ReadUnitsPerSecond":5,"Status":"ACTIVE","WriteUnitsPerSecond":5}""",
            table.GetProperty("WarmThroughput").GetRawText());
        Assert.Equal("""{"NumberOfDecreasesToday":0,"ReadCapacityUnits":1,"WriteCapacityUnits":1}""",
            index.GetProperty("ProvisionedThroughput").GetRawText());
        Assert.Equal("""{"ReadUnitsPerSecond":1,"Status":"ACTIVE","WriteUnitsPerSecond":1}""",
            index.GetProperty("WarmThroughput").GetRawText());
    }

    [Fact]
    public async Task Units_go_up_and_down_and_what_is_warm_stays()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await CreateAsync(host, Units(5));

        await UpdateAsync(host, $"{Units(9)},{Index(3)}");
        await UpdateAsync(host, Units(2));

        var table = await DescribeAsync(host);
        var throughput = table.GetProperty("ProvisionedThroughput");
        Assert.Equal((2, 1), (throughput.GetProperty("ReadCapacityUnits").GetInt32(),
            throughput.GetProperty("NumberOfDecreasesToday").GetInt32()));
        Assert.True(throughput.TryGetProperty("LastIncreaseDateTime", out _));
        Assert.True(throughput.TryGetProperty("LastDecreaseDateTime", out _));
        Assert.Equal(9, table.GetProperty("WarmThroughput").GetProperty("ReadUnitsPerSecond").GetInt32());
        Assert.Equal(3, table.GetProperty("GlobalSecondaryIndexes")[0].GetProperty("ProvisionedThroughput")
            .GetProperty("ReadCapacityUnits").GetInt32());
    }

    [Fact]
    public async Task A_table_goes_to_capacity_on_demand_and_back_with_all_of_its_indexes()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await CreateAsync(host, Units(5));

        await UpdateAsync(host, "\"BillingMode\":\"PAY_PER_REQUEST\"");
        var onDemand = await DescribeAsync(host);
        var (_, table) = await host.ErrorAsync("UpdateTable", Request(Units(7)));
        var (_, index) = await host.ErrorAsync("UpdateTable", Request(Index(7)));
        var (_, alone) = await host.ErrorAsync("UpdateTable", Request("\"BillingMode\":\"PROVISIONED\""));
        var (_, without) = await host.ErrorAsync("UpdateTable", Request($"\"BillingMode\":\"PROVISIONED\",{Units(7)}"));
        await UpdateAsync(host, $"\"BillingMode\":\"PROVISIONED\",{Units(7)},{Index(6)}");
        var provisioned = await DescribeAsync(host);

        Assert.Equal("PAY_PER_REQUEST", Mode(onDemand));
        Assert.Equal((0, 0), (Read(onDemand), Read(onDemand.GetProperty("GlobalSecondaryIndexes")[0])));
        Assert.Equal(Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
            + "when BillingMode is PAY_PER_REQUEST", table);
        Assert.Equal(Invalid + "The only Updates for index: by-at when TableThroughputMode is PAY_PER_REQUEST "
            + "can be to OnDemandThroughput, WarmThroughput", index);
        Assert.Equal(Invalid + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED", alone);
        Assert.Equal(Invalid + "ProvisionedThroughput must be specified for index: by-at", without);
        Assert.Equal("PROVISIONED", Mode(provisioned));
        Assert.Equal((7, 6), (Read(provisioned), Read(provisioned.GetProperty("GlobalSecondaryIndexes")[0])));
        Assert.Equal(12_000,
            provisioned.GetProperty("WarmThroughput").GetProperty("ReadUnitsPerSecond").GetInt32());

        static string? Mode(JsonElement table) =>
            table.GetProperty("BillingModeSummary").GetProperty("BillingMode").GetString();

        static int Read(JsonElement described) =>
            described.GetProperty("ProvisionedThroughput").GetProperty("ReadCapacityUnits").GetInt32();
    }

    [Theory]
    [InlineData("", Invalid
        + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")]
    [InlineData("\"BillingMode\":\"PAY_PER_REQUEST\",\"ProvisionedThroughput\":"
        + "{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}", Invalid + "Neither ReadCapacityUnits nor "
        + "WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")]
    [InlineData("\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":0}",
        "1 validation error detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy "
        + "constraint: Member must have value greater than or equal to 1")]
    [InlineData("\"ProvisionedThroughput\":{}",
        "2 validation errors detected: Value null at 'provisionedThroughput.writeCapacityUnits' failed to satisfy "
        + "constraint: Member must not be null; Value null at 'provisionedThroughput.readCapacityUnits' failed to "
        + "satisfy constraint: Member must not be null")]
    [InlineData("\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1000000000001,\"WriteCapacityUnits\":1}",
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds")]
    public async Task A_table_is_not_created_with_units_that_do_not_fit(string members, string message)
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();

        Assert.Equal(message, (await host.ErrorAsync("CreateTable", """
            {"TableName":"made","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]
            """ + $"{(members == "" ? "" : ",")}{members}}}")).Message);
    }

    [Fact]
    public async Task A_request_for_the_units_that_are_there_is_refused()
    {
        await using var host = await DynamoDbOnPortZero.StartAsync();
        await CreateAsync(host, Units(5));

        Assert.Equal("The provisioned throughput for the table will not change. The requested value equals the current "
            + "value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current "
            + "WriteCapacityUnits provisioned for the table: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon "
            + "DynamoDB Developer Guide for current limits and how to request higher limits.",
            (await host.ErrorAsync("UpdateTable", Request(Units(5)))).Message);
        Assert.StartsWith("The provisioned throughput for the index by-at will not change. The requested value equals "
            + "the current value. Current ReadCapacityUnits provisioned for index by-at: 1. ",
            (await host.ErrorAsync("UpdateTable", Request(Index(1)))).Message, StringComparison.Ordinal);
    }

    private static string Units(int units) =>
        $$"""
        "ProvisionedThroughput":{"ReadCapacityUnits":{{units}},"WriteCapacityUnits":{{units}}}
        """;

    private static string Index(int units) =>
        $$$"""
        "GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"by-at",{{{Units(units)}}}}}]
        """;

    private static string Request(string members) => $"{{\"TableName\":\"made\",{members}}}";

    private static Task UpdateAsync(DynamoDbOnPortZero host, string members) =>
        host.OkAsync("UpdateTable", Request(members));

    private static Task CreateAsync(DynamoDbOnPortZero host, string members) => host.OkAsync("CreateTable",
        $$"""
        {"TableName":"made",{{members}},
        "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"at","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
        "GlobalSecondaryIndexes":[{"IndexName":"by-at","KeySchema":[{"AttributeName":"at","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"ALL"},{{Units(1)}}}]}
        """);

    private static async Task<JsonElement> DescribeAsync(DynamoDbOnPortZero host) =>
        (await host.OkAsync("DescribeTable", """{"TableName":"made"}""")).GetProperty("Table");
}
