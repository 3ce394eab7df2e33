using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

/// <summary>An empty jobs table, served by the host's DynamoDB to the AWS SDK.</summary>
internal sealed class JobsTableOnPortZero : IAsyncDisposable
{
    public const string Name = "Jobs";

    private readonly TableOnPortZero table;

    private JobsTableOnPortZero(TableOnPortZero table) => this.table = table;

    public static AWSCredentials Credentials => TableOnPortZero.Credentials;

    public AmazonDynamoDBConfig Config => table.Config;

    public AmazonDynamoDBClient Client => table.Client;

    public static async Task<JobsTableOnPortZero> StartAsync() =>
        new(await TableOnPortZero.StartAsync(Name, "job", "item"));

    /// <summary>The jobs as a function sees them; waits between tries take no time.</summary>
    public JobWriter Jobs(IAmazonDynamoDB? client = null, TimeProvider? clock = null, Random? jitter = null) =>
        new(client ?? Client, Name, Backoff(clock, jitter), TableOnPortZero.Retention);

    public JobReader Reader(IAmazonDynamoDB? client = null, TimeProvider? clock = null) =>
        new(client ?? Client, Name, Backoff(clock));

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

    private static Backoff Backoff(TimeProvider? clock, Random? jitter = null) =>
        new(jitter ?? new Random(1), clock ?? new ImmediateTime());

    public ValueTask DisposeAsync() => table.DisposeAsync();
}
