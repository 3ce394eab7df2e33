using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Streams;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.TimeToLive;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>The state of the service in one Region: tables and their items. Every request, transactions included, runs
/// alone.</summary>
/// <param name="maxBytes">Bytes of all items, at most.</param>
/// <param name="maxTokens">ClientRequestTokens remembered, at most.</param>
/// <param name="maxStreamBytes">Bytes of all changes in streams, at most.</param>
internal sealed partial class DynamoDbState(
    long maxBytes = DynamoDbLimits.StoredBytes, int maxTokens = DynamoDbLimits.Tokens,
    long maxStreamBytes = DynamoDbLimits.StreamBytes) : ITimedState, IDecidingState<AnswerRead>
{
    private readonly SortedDictionary<TableName, Table> tables = new(Comparer<TableName>.Create(
        static (a, b) => string.CompareOrdinal(a.Region, b.Region) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Name, b.Name)));

    private readonly TokenLedger tokens = new(maxTokens);

    /// <exception cref="AwsException">ResourceInUseException, or LimitExceededException.</exception>
    public Table CreateTable(TableDefinition definition, DateTimeOffset now)
    {
        if (tables.ContainsKey(definition.Name)) throw DynamoDbErrors.TableExists(definition.Name.Name);
        if (tables.Keys.Count(name => name.Region == definition.Name.Region) >= DynamoDbLimits.Tables)
            throw DynamoDbErrors.TooManyTables();
        var table = new Table(definition, now);
        tables.Add(definition.Name, table);
        if (definition.StreamView is { } view) table.LatestStream = Streams.Enable(table, view, now);
        return table;
    }

    /// <exception cref="AwsException">ResourceNotFoundException, or ValidationException: the table is
    /// protected.</exception>
    public Table DeleteTable(TableName name, DateTimeOffset now)
    {
        var table = DescribeTable(name);
        if (table.Definition.DeletionProtection) throw DynamoDbErrors.TableProtected();
        tables.Remove(name);
        table.Stream?.Disable(now);
        return table;
    }

    public bool Exists(TableName name) => tables.ContainsKey(name);

    /// <exception cref="AwsException">ResourceNotFoundException: Table: name not found.</exception>
    public Table DescribeTable(TableName name) =>
        tables.GetValueOrDefault(name) ?? throw DynamoDbErrors.TableNotFound(name.Name);

    /// <summary>Names of a Region's tables in order, after the given one, one more than asked for if there are
    /// more.</summary>
    public IReadOnlyList<string> ListTables(string region, string? after, int limit) => [.. tables.Keys
        .Where(name => name.Region == region && string.CompareOrdinal(name.Name, after) > 0)
        .Select(name => name.Name).Take(limit + 1)];

    /// <summary>Does one write.</summary>
    /// <exception cref="AwsException">ConditionalCheckFailedException, ResourceNotFoundException,
    /// ValidationException, or
    /// this host's LimitExceededException.</exception>
    public PlannedWrite Write(ItemWrite write, DateTimeOffset now)
    {
        var plan = write.Plan(Table(write.Table));
        Commit([plan], now);
        return plan;
    }

    /// <summary>Does up to 25 puts and deletes on their own; all are looked at before the first is done.</summary>
    /// <exception cref="AwsException">As <see cref="Write"/>; nothing was done.</exception>
    public IReadOnlyList<PlannedWrite> WriteBatch(IReadOnlyList<ItemWrite> writes, DateTimeOffset now)
    {
        RefuseRepeatedKeys(writes, DynamoDbErrors.DuplicateKeys);
        PlannedWrite[] plans = [.. writes.Select(write => write.Plan(Table(write.Table)))];
        Commit(plans, now);
        return plans;
    }

    /// <summary>Does all of the writes or none.</summary>
    /// <param name="token">The ClientRequestToken, or null.</param>
    /// <param name="fingerprint">Equal for requests with equal parameters.</param>
    /// <returns>What was done; nothing for a token that was used before.</returns>
    /// <exception cref="AwsException">TransactionCanceledException with a reason for each write,
    /// IdempotentParameterMismatchException, ResourceNotFoundException or ValidationException.</exception>
    public IReadOnlyList<PlannedWrite> Transact(
        string? token, string fingerprint, IReadOnlyList<ItemWrite> writes, DateTimeOffset now)
    {
        if (token is not null && tokens.Find(token, now) is { } earlier)
        {
            if (earlier != fingerprint) throw DynamoDbErrors.IdempotentParameterMismatch();
            return [];
        }

        foreach (var write in writes) Table(write.Table);
        RefuseRepeatedKeys(writes, DynamoDbErrors.OneOperationPerItem);
        var plans = new List<PlannedWrite>();
        var reasons = writes.Select(write => TryPlan(write, plans)).ToList();
        if (reasons.Any(reason => reason is not null)) throw DynamoDbErrors.TransactionCanceled(reasons);
        if (plans.Sum(plan => (long)(plan.New?.Size ?? 0)) > DynamoDbLimits.TransactionBytes)
            throw DynamoDbErrors.TransactionTooLarge();
        Commit(plans, now);
        if (token is not null) tokens.Remember(token, fingerprint, now);
        return plans;
    }

    // Operations on items do not name the missing table in their error.
    private Table Table(TableName name) => tables.GetValueOrDefault(name) ?? throw DynamoDbErrors.ResourceNotFound();

    private AwsException? TryPlan(ItemWrite write, List<PlannedWrite> plans)
    {
        try
        {
            plans.Add(write.Plan(Table(write.Table)));
            return null;
        }
        catch (AwsException reason) when (reason.Note is not WholeRequestFault)
        {
            return reason;
        }
    }

    // A key that is not valid is not compared; its error comes when the write is planned.
    private void RefuseRepeatedKeys(IReadOnlyList<ItemWrite> writes, Func<AwsException> error)
    {
        var keys = new HashSet<(TableName, ItemKey)>();
        foreach (var write in writes)
            if (TryKey(write) is { } key && !keys.Add((write.Table, key))) throw error();
    }

    private ItemKey? TryKey(ItemWrite write)
    {
        try
        {
            return write.KeyIn(Table(write.Table).Schema);
        }
        catch (AwsException e) when (e.Code == "ValidationException")
        {
            return null;
        }
    }

    private void Commit(IReadOnlyList<PlannedWrite> plans, DateTimeOffset now)
    {
        CheckSpace(plans.Sum(plan => plan.AddedBytes));
        foreach (var plan in plans) plan.Commit(now);
        if (plans.Any(plan => plan.Table.Stream is not null)) Streams.Limit();
    }

    private void CheckSpace(long added)
    {
        if (added > 0 && tables.Values.Sum(table => table.BytesWithIndexes) + added > maxBytes)
            throw DynamoDbErrors.StorageFull(maxBytes);
    }
}
