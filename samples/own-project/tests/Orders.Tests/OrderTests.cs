using Amazon.DynamoDBv2.Model;

namespace Orders.Tests;

public sealed class OrderTests(ShopHost host, ITestOutputHelper output) : IClassFixture<ShopHost>, IDisposable
{
    // The function's log is printed with a test that fails.
    public void Dispose()
    {
        foreach (var line in host.LogsOf("OrdersFunction")) output.WriteLine(line);
    }

    [Fact]
    public async Task An_order_in_the_queue_is_in_the_table()
    {
        using var sqs = host.Sqs();
        using var dynamoDb = host.DynamoDb();

        await sqs.SendMessageAsync(host.Outputs["OrdersQueueUrl"], """{"id":"A-1","pieces":3}""");
        await host.WaitForQuietAsync();

        var item = await dynamoDb.GetItemAsync(
            host.PhysicalId("OrdersTable"), new Dictionary<string, AttributeValue> { ["id"] = new("A-1") });
        Assert.Equal("3", item.Item["pieces"].N);
    }

    [Fact]
    public async Task An_order_that_is_not_JSON_is_received_three_times_and_then_kept()
    {
        using var sqs = host.Sqs();

        await sqs.SendMessageAsync(host.Outputs["OrdersQueueUrl"], "three pieces, please");
        // Three receives, 60 s apart by the template; here they take no time.
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));

        var refused = await sqs.ReceiveMessageAsync(host.Outputs["RefusedOrdersQueueUrl"]);
        Assert.Equal("three pieces, please", Assert.Single(refused.Messages).Body);
        Assert.Equal(3, host.LogsOf("OrdersFunction").Count(line => line.Contains("Refused")));
    }
}
