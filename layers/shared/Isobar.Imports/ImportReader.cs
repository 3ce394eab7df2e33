using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Imports;

/// <summary>Reads the imports table.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
public sealed class ImportReader(IAmazonDynamoDB client, string table) : IImportReader
{
    public async Task<ImportRecord?> FindAsync(string importId, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = ImportItems.Key(importId), ConsistentRead = true },
            cancellationToken);
        return answer.Item is { Count: > 0 } item ? ImportItems.Read(item) : null;
    }
}
