namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Capacity units that a request provisions.</summary>
internal sealed record ProvisionedUnits(long Read, long Write);

/// <summary>
/// What a table or a global secondary index is provisioned with, and how that changed. It is described, as AWS does;
/// nothing is throttled.
/// </summary>
internal sealed record TableThroughput
{
    /// <summary>Zero where capacity is on demand.</summary>
    public ProvisionedUnits Units { get; private init; } = new(0, 0);

    /// <summary>What can be used at once: the most that was ever provisioned, or what is on demand.</summary>
    /// <remarks>Source: answers of AWS recorded by LocalStack's tests in October 2025; that it never drops, the
    /// findings of ack-api-quirks.</remarks>
    public ProvisionedUnits Warm { get; private init; } = new(0, 0);

    public DateTimeOffset? LastIncrease { get; private init; }

    public DateTimeOffset? LastDecrease { get; private init; }

    // On the day of the last decrease.
    private int Decreases { get; init; }

    /// <param name="units">Null for capacity on demand.</param>
    public static TableThroughput Of(ProvisionedUnits? units) => new TableThroughput().Switched(units);

    /// <summary>After a change of the billing mode.</summary>
    /// <param name="units">Null for capacity on demand.</param>
    public TableThroughput Switched(ProvisionedUnits? units) => this with
    {
        Units = units ?? new ProvisionedUnits(0, 0), Warm = Most(Warm, units ?? DynamoDbLimits.OnDemandUnits),
    };

    /// <summary>After other units were provisioned.</summary>
    public TableThroughput Changed(ProvisionedUnits units, DateTimeOffset now)
    {
        var isIncrease = units.Read > Units.Read || units.Write > Units.Write;
        var isDecrease = units.Read < Units.Read || units.Write < Units.Write;
        return Switched(units) with
        {
            LastIncrease = isIncrease ? now : LastIncrease,
            LastDecrease = isDecrease ? now : LastDecrease,
            Decreases = DecreasesOn(now) + (isDecrease ? 1 : 0),
        };
    }

    /// <summary>How often the units were lowered on a day (UTC).</summary>
    public int DecreasesOn(DateTimeOffset now) =>
        LastDecrease?.UtcDateTime.Date == now.UtcDateTime.Date ? Decreases : 0;

    private static ProvisionedUnits Most(ProvisionedUnits a, ProvisionedUnits b) =>
        new(Math.Max(a.Read, b.Read), Math.Max(a.Write, b.Write));
}
