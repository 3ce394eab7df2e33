using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>The module on a free port, with the AWS SDK's client and one table: hash key job, sort key item.</summary>
internal sealed class DynamoDbOnPortZero : IAsyncDisposable
{
    public const string Table = "jobs";

    private readonly ModuleOnPortZero host;

    private DynamoDbOnPortZero(ModuleOnPortZero host, DynamoDbModule module)
    {
        (this.host, Module) = (host, module);
        Client = new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig
        {
            ServiceURL = host.Address.ToString(), AuthenticationRegion = ModuleOnPortZero.Region, MaxErrorRetry = 0,
        });
    }

    public AmazonDynamoDBClient Client { get; }

    public DynamoDbModule Module { get; }

    public Uri Address => host.Address;

    public World World => host.World;

    /// <summary>The requests that ended in an exception nobody had foreseen.</summary>
    public IEnumerable<RequestFaulted> Faults =>
        World.Journal.After(0).Select(entry => entry.Fact).OfType<RequestFaulted>();

    public static async Task<DynamoDbOnPortZero> StartAsync()
    {
        DynamoDbModule? module = null;
        var started = new DynamoDbOnPortZero(
            await ModuleOnPortZero.StartAsync(world => [module = new DynamoDbModule(world.Context)]), module!);
        await started.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("job", ScalarAttributeType.S), new("item", ScalarAttributeType.S)],
            KeySchema = [new("job", KeyType.HASH), new("item", KeyType.RANGE)],
        });
        return started;
    }

    public static Dictionary<string, AttributeValue> Key(string job, string item) =>
        new() { ["job"] = new(job), ["item"] = new(item) };

    public static AttributeValue Number(long value) => new() { N = $"{value}" };

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return host.DisposeAsync();
    }
}
