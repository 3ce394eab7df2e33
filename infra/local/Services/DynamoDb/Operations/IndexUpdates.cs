using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>One of <paramref name="Create"/>, <paramref name="Update"/> and <paramref name="Delete"/>.</summary>
internal sealed record GlobalSecondaryIndexUpdate(
    GlobalSecondaryIndex? Create, ThroughputUpdate? Update, IndexDeletion? Delete);

internal sealed record ThroughputUpdate(string? IndexName, ProvisionedThroughput? ProvisionedThroughput);

internal sealed record IndexDeletion(string? IndexName);

/// <summary>Checks what UpdateTable wants of global secondary indexes.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, GlobalSecondaryIndexUpdate.</remarks>
internal static class IndexUpdates
{
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckShapes(List<GlobalSecondaryIndexUpdate?> updates)
    {
        for (var i = 0; i < updates.Count; i++)
        {
            var member = $"globalSecondaryIndexUpdates.{i + 1}.member";
            if (updates[i]?.Create is { } create)
                IndexRequests.CheckShape(create.IndexName, create.KeySchema, create.Projection, $"{member}.create");
            if (updates[i]?.Update is { } update) IndexRequests.CheckName(update.IndexName, $"{member}.update");
            if (updates[i]?.Delete is { } delete) IndexRequests.CheckName(delete.IndexName, $"{member}.delete");
        }
    }

    /// <param name="updates">Of the right shape.</param>
    /// <exception cref="AwsException">ValidationException, LimitExceededException.</exception>
    public static TableChange Read(
        List<GlobalSecondaryIndexUpdate?> updates, List<AttributeDefinition?>? definitions)
    {
        foreach (var update in updates) CheckAction(update);
        if (updates.GroupBy(Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw DynamoDbErrors.Invalid(
                $"Only one global secondary index update per index is allowed simultaneously. Index: {twice.Key}");
        if (updates.Count(update => update!.Update is null) > 1) throw DynamoDbErrors.OneIndexAtATime();
        return new TableChange
        {
            Create = updates.Select((update, i) => update!.Create is { } create
                ? Creation(create, $"globalSecondaryIndexUpdates.{i + 1}.member.create", definitions)
                : null).FirstOrDefault(creation => creation is not null),
            Delete = updates.Select(update => update!.Delete?.IndexName).FirstOrDefault(name => name is not null),
            IndexUnits = updates.Select((update, i) => (Throughput: update!.Update, Place: i + 1))
                .Where(update => update.Throughput is not null)
                .ToDictionary(update => update.Throughput!.IndexName!, update => Units(
                    update.Throughput!, $"globalSecondaryIndexUpdates.{update.Place}.member.update")),
        };
    }

    private static void CheckAction(GlobalSecondaryIndexUpdate? update)
    {
        var actions = new object?[] { update?.Create, update?.Update, update?.Delete };
        if (actions.All(action => action is null))
            throw DynamoDbErrors.Invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                + "GlobalSecondaryIndexUpdate.Delete must not be null");
        if (actions.Count(action => action is not null) > 1)
            throw DynamoDbErrors.Invalid(
                "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    }

    private static string? Name(GlobalSecondaryIndexUpdate? update) =>
        update!.Create?.IndexName ?? update.Update?.IndexName ?? update.Delete?.IndexName;

    private static ProvisionedUnits Units(ThroughputUpdate update, string member) =>
        ProvisionedThroughput.Read(update.ProvisionedThroughput, $"{member}.provisionedThroughput")
        ?? throw DynamoDbErrors.Constraint(null, $"{member}.provisionedThroughput", "Member must not be null");

    // An attribute that the table has already keeps the type that it has there.
    private static IndexCreationRequest Creation(
        GlobalSecondaryIndex index, string member, List<AttributeDefinition?>? definitions)
    {
        if (definitions is null)
            throw DynamoDbErrors.Invalid($"AttributeDefinitions is not specified for index: {index.IndexName}");
        var given = CreateTable.Attributes(definitions);
        return new IndexCreationRequest(known => IndexRequests.Global(index, member,
            [.. known, .. given.Where(attribute => known.All(other => other.Name != attribute.Name))]));
    }
}
