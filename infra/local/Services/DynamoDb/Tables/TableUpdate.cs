using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Changes the indexes and the throughput of a table: all that was asked for, or nothing.</summary>
/// <remarks>Source of the rules: Amazon DynamoDB API Reference, UpdateTable, and the findings of ack-api-quirks (table
/// indexes, October 2026).</remarks>
internal sealed class TableUpdate
{
    private readonly Table table;
    private readonly TableChange change;
    private readonly SecondaryIndex? deleted;
    private readonly bool isProvisioned;
    private readonly bool isSwitch;

    /// <exception cref="AwsException">ValidationException, ResourceNotFoundException, LimitExceededException: the
    /// change can't be made.</exception>
    public TableUpdate(Table table, TableChange change)
    {
        (this.table, this.change) = (table, change);
        isProvisioned = change.IsProvisioned ?? table.IsProvisioned;
        isSwitch = isProvisioned != table.IsProvisioned;
        CheckThroughput();
        foreach (var (name, units) in change.IndexUnits) CheckUnits(name, units);
        deleted = change.Delete is { } index ? Global(index, "delete") : null;
        Created = change.Create is { } creation ? Create(creation) : null;
    }

    /// <summary>The index that is made, with the items that are there; null when none is.</summary>
    public SecondaryIndex? Created { get; }

    public void Apply(DateTimeOffset now)
    {
        if (deleted is not null) table.Remove(deleted);
        if (isSwitch && !isProvisioned)
        {
            table.OnDemandSince = now;
            table.Throughput = table.Throughput.Switched(null);
            foreach (var index in Globals) index.Throughput = index.Throughput.Switched(null);
        }

        if (change.Units is { } units) table.Throughput = After(table.Throughput, units, now);
        foreach (var (name, own) in change.IndexUnits)
            table.Index(name)!.Throughput = After(table.Index(name)!.Throughput, own, now);
        if (Created is not null) table.Add(Created);
    }

    private IEnumerable<SecondaryIndex> Globals => table.Indexes.Where(index => index.Definition.IsGlobal);

    private TableThroughput After(TableThroughput before, ProvisionedUnits units, DateTimeOffset now) =>
        isSwitch ? before.Switched(units) : before.Changed(units, now);

    private void CheckThroughput()
    {
        if (!isProvisioned)
        {
            if (change.Units is not null)
                throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                    + "when BillingMode is PAY_PER_REQUEST");
            if (change.IndexUnits.Keys.FirstOrDefault() is { } index)
                throw DynamoDbErrors.Invalid($"The only Updates for index: {index} when TableThroughputMode is "
                    + "PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput");
            return;
        }

        if (change.IsProvisioned == true && change.Units is null)
            throw DynamoDbErrors.Invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        if (!isSwitch && change.Units is { } units && units == table.Throughput.Units)
            throw DynamoDbErrors.SameThroughput(null, table.Throughput.Units, units);
        var left = Globals.Select(index => index.Definition.Name)
            .Where(name => !change.IndexUnits.ContainsKey(name) && name != change.Delete).ToList();
        if (isSwitch && left.Count > 0)
            throw DynamoDbErrors.Invalid(
                $"ProvisionedThroughput must be specified for index: {string.Join(',', left)}");
    }

    private void CheckUnits(string name, ProvisionedUnits units)
    {
        var current = Global(name, "update").Throughput.Units;
        if (!isSwitch && units == current) throw DynamoDbErrors.SameThroughput(name, current, units);
    }

    private SecondaryIndex Global(string name, string verb) => table.Index(name) switch
    {
        null => throw DynamoDbErrors.IndexNotFound(name, table.Definition.Name.Name),
        { Definition.IsGlobal: false } => throw DynamoDbErrors.NotGlobal(verb, name),
        { } index => index,
    };

    private SecondaryIndex Create(IndexCreationRequest request)
    {
        var creation = request.Define(table.Definition.Attributes);
        var (definition, units) = creation;
        if (table.Index(definition.Name) is not null) throw DynamoDbErrors.IndexExists();
        if (isProvisioned && units is null)
            throw DynamoDbErrors.Invalid(
                $"Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {definition.Name}");
        if (!isProvisioned && units is not null)
            throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
                + $"{definition.Name} when BillingMode is PAY_PER_REQUEST");
        if (Globals.Count() >= DynamoDbLimits.GlobalIndexes) throw DynamoDbErrors.TooManyGlobalIndexes();
        var projections = table.Indexes.Select(index => index.Definition.Projection).Append(definition.Projection);
        if (projections.Sum(projection => projection.NonKeyAttributes.Count) > DynamoDbLimits.IncludedAttributesOfTable)
            throw DynamoDbErrors.TooManyIncluded();
        return table.IndexOf(creation);
    }
}
