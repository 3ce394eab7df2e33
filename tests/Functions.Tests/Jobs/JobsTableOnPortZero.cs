using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Isobar.Domain;
using Isobar.Jobs;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Tests;

namespace Isobar.Functions.Tests.Jobs;

/// <summary>An empty jobs table, served by the host's DynamoDB to the AWS SDK.</summary>
internal sealed class JobsTableOnPortZero : IAsyncDisposable
{
    public const string Name = "Jobs";

    private readonly ModuleOnPortZero server;
    private readonly DynamoDbModule module;

    private JobsTableOnPortZero(ModuleOnPortZero server, DynamoDbModule module)
    {
        this.server = server;
        this.module = module;
        Client = new AmazonDynamoDBClient(Credentials, Config);
    }

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");

    /// <summary>One attempt a call: what a test sees is what it did.</summary>
    public AmazonDynamoDBConfig Config => new()
    {
        ServiceURL = server.Address.ToString(),
        AuthenticationRegion = ModuleOnPortZero.Region,
        MaxErrorRetry = 0,
    };

    public AmazonDynamoDBClient Client { get; }

    public static async Task<JobsTableOnPortZero> StartAsync()
    {
        DynamoDbModule? module = null;
        var server = await ModuleOnPortZero.StartAsync(
            world => [module = new DynamoDbModule(world.Clock, world.Identifiers)]);
        var table = new JobsTableOnPortZero(server, module!);
        await table.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = Name,
            AttributeDefinitions = [new("job", ScalarAttributeType.S), new("item", ScalarAttributeType.S)],
            KeySchema = [new("job", KeyType.HASH), new("item", KeyType.RANGE)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        return table;
    }

    /// <summary>The jobs as a function sees them; waits between tries take no time.</summary>
    public JobsTable Jobs(IAmazonDynamoDB? client = null, TimeProvider? clock = null, Random? jitter = null) =>
        new(client ?? Client, Name, new ConflictDelays(jitter ?? new Random(1), clock ?? new ImmediateTime()));

    public JobsView View() => new(Client, Name);

    /// <summary>Everything that the table holds of a job.</summary>
    public async Task<JobRecord> ReadAsync(string job)
    {
        var answer = await Client.QueryAsync(new QueryRequest
        {
            TableName = Name,
            KeyConditionExpression = "job = :job",
            ExpressionAttributeValues = new() { [":job"] = new AttributeValue { S = job } },
            ConsistentRead = true,
        });
        return JobRecord.From(answer.Items ?? []);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        module.Dispose();
    }
}
