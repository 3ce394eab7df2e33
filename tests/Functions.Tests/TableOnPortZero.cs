using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Tests;
using Isobar.Tables;

namespace Isobar.Functions.Tests;

/// <summary>An empty table, served by the host's DynamoDB to the AWS SDK.</summary>
internal sealed class TableOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero server;
    private readonly DynamoDbModule module;

    private TableOnPortZero(ModuleOnPortZero server, DynamoDbModule module)
    {
        this.server = server;
        this.module = module;
        Client = new AmazonDynamoDBClient(Credentials, Config);
    }

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");

    public static DateTimeOffset Now { get; } = new(2026, 11, 27, 4, 0, 0, TimeSpan.Zero);

    /// <summary>Items are kept for 400 days after <see cref="Now"/>.</summary>
    public static Retention Retention { get; } = new(TimeSpan.FromDays(400), new FixedTime(Now));

    /// <summary>One attempt a call: what a test sees is what it did.</summary>
    public AmazonDynamoDBConfig Config => new()
    {
        ServiceURL = server.Address.ToString(),
        AuthenticationRegion = ModuleOnPortZero.Region,
        MaxErrorRetry = 0,
    };

    public AmazonDynamoDBClient Client { get; }

    /// <param name="key">Names of the partition key and, where there is one, the sort key; both are strings.</param>
    public static async Task<TableOnPortZero> StartAsync(string name, params string[] key)
    {
        DynamoDbModule? module = null;
        var server = await ModuleOnPortZero.StartAsync(
            world => [module = new DynamoDbModule(world.Context)]);
        var table = new TableOnPortZero(server, module!);
        await table.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            AttributeDefinitions = [.. key.Select(part => new AttributeDefinition(part, ScalarAttributeType.S))],
            KeySchema =
            [
                .. key.Select((part, at) => new KeySchemaElement(part, at == 0 ? KeyType.HASH : KeyType.RANGE)),
            ],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        return table;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        module.Dispose();
    }
}
