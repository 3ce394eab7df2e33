using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What an update of a stack changes in the indexes and the throughput of a table.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::DynamoDB::Table, GlobalSecondaryIndexes: one index can
/// be added or deleted in an update, and of an index that stays only the throughput can change. The texts are those of
/// CloudFormation's events, as people quote them.</remarks>
internal static class TableDifference
{
    /// <param name="target">The table as a template has it.</param>
    /// <exception cref="AwsException">ValidationException: what CloudFormation does not change in place.</exception>
    public static TableChange Between(Table table, TableDefinition target)
    {
        var now = table.Indexes.Where(index => index.Definition.IsGlobal)
            .ToDictionary(index => index.Definition.Name);
        var next = target.Indexes.Where(index => index.Definition.IsGlobal)
            .ToDictionary(index => index.Definition.Name);
        CheckAttributes(table, target);
        var added = next.Values.Where(index => !now.ContainsKey(index.Definition.Name)).ToList();
        var gone = now.Keys.Where(name => !next.ContainsKey(name)).ToList();
        if (added.Count + gone.Count > 1)
            throw DynamoDbErrors.Validation("Cannot perform more than one GSI creation or deletion in a single update");
        var stays = next.Values.Where(index => now.ContainsKey(index.Definition.Name)).ToList();
        if (stays.Exists(index => index.Definition != now[index.Definition.Name].Definition))
            throw DynamoDbErrors.Validation("Cannot update GSI's properties other than Provisioned Throughput and "
                + "Contributor Insights Specification. You can create a new GSI with a different name.");

        var isProvisioned = target.Units is not null;
        var isSwitch = isProvisioned != table.IsProvisioned;
        return new TableChange
        {
            IsProvisioned = isSwitch ? isProvisioned : null,
            Units = isSwitch || target.Units != table.Throughput.Units ? target.Units : null,
            Create = added.Count > 0 ? new IndexCreationRequest(_ => added[0]) : null,
            Delete = gone.Count > 0 ? gone[0] : null,
            IndexUnits = stays
                .Where(index => index.Units is not null
                    && (isSwitch || index.Units != now[index.Definition.Name].Throughput.Units))
                .ToDictionary(index => index.Definition.Name, index => index.Units!),
        };
    }

    // CloudFormation replaces the table.
    private static void CheckAttributes(Table table, TableDefinition target)
    {
        var edited = table.Definition.Attributes.FirstOrDefault(attribute =>
            target.Attributes.Any(other => other.Name == attribute.Name && other.Type != attribute.Type));
        if (edited is not null)
            throw DynamoDbErrors.Validation($"The type of the attribute {edited.Name} can't be changed while the host "
                + "is up. Give the table another logical id");
    }
}
