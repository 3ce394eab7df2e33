using Isobar.Local.Services;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Tables with the partition key <c>pk</c>, a string, and if wanted the sort key <c>range</c>.</summary>
internal static class SampleTable
{
    public static TableName Create(
        DynamoDbState state, string name = "table", string? range = null, bool isProtected = false)
    {
        var (hash, sort) = (new KeyAttribute("pk", "S"), range is null ? null : new KeyAttribute("range", range));
        var definition = new TableDefinition(
            new TableName("us-east-1", name), new Arn("aws", "dynamodb", "us-east-1", "000000000000", $"table/{name}"),
            Guid.Empty, new TableSchema(hash, sort), sort is null ? [hash] : [hash, sort], isProtected);
        state.CreateTable(definition, DateTimeOffset.UnixEpoch);
        return definition.Name;
    }

    /// <summary>An item, or with nothing but <paramref name="key"/> a key.</summary>
    public static AttributeMap Item(string key, params (string Name, string Value)[] strings) =>
        AttributeMap.Of(strings.Append(("pk", key)).Select(entry =>
            KeyValuePair.Create<string, AttributeValue>(entry.Item1, new StringValue(entry.Item2))));
}
