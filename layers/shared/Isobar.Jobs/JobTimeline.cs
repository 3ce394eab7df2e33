using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Jobs;

/// <summary>
/// What happened to a job, beside its own items in the jobs table: <c>event#&lt;kind&gt;#&lt;id&gt;</c>.
/// </summary>
/// <param name="client">Names no region or address: both come from the environment.</param>
/// <param name="table">The jobs table's name.</param>
public sealed class JobTimeline(IAmazonDynamoDB client, string table) : IJobTimeline
{
    public async Task<bool> AddAsync(string job, JobMoment moment, CancellationToken cancellationToken)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["job"] = new() { S = job },
            ["item"] = new() { S = $"event#{moment.Kind}#{moment.Id}" },
            ["at"] = new() { S = moment.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) },
        };
        foreach (var (name, value) in moment.Details) item[name] = new AttributeValue { S = value };
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table, Item = item, ConditionExpression = "attribute_not_exists(job)",
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
