using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>What a table or an index can take at once without growing first.</summary>
internal sealed record WarmThroughput(long ReadUnitsPerSecond, string Status, long WriteUnitsPerSecond)
{
    public static WarmThroughput Of(TableThroughput throughput) =>
        new(throughput.Warm.Read, "ACTIVE", throughput.Warm.Write);
}

/// <summary>Units are zero where capacity is on demand.</summary>
/// <param name="LastIncreaseDateTime">Seconds since 1970; null when there was none.</param>
/// <param name="LastDecreaseDateTime">Seconds since 1970; null when there was none.</param>
internal sealed record ProvisionedThroughputDescription(
    double? LastIncreaseDateTime, double? LastDecreaseDateTime, int NumberOfDecreasesToday, long ReadCapacityUnits,
    long WriteCapacityUnits)
{
    public static ProvisionedThroughputDescription Of(TableThroughput throughput, DateTimeOffset now) => new(
        Seconds(throughput.LastIncrease), Seconds(throughput.LastDecrease), throughput.DecreasesOn(now),
        throughput.Units.Read, throughput.Units.Write);

    private static double? Seconds(DateTimeOffset? instant) =>
        instant is { } at ? TableDescription.Seconds(at) : null;
}

/// <summary>What a request provisions for a table or a global secondary index.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, ProvisionedThroughput.</remarks>
internal sealed record ProvisionedThroughput(long? ReadCapacityUnits, long? WriteCapacityUnits)
{
    /// <param name="member">As AWS shows it.</param>
    /// <returns>Null when nothing is provisioned.</returns>
    /// <exception cref="Wire.AwsException">ValidationException: a number is missing or out of range.</exception>
    public static ProvisionedUnits? Read(ProvisionedThroughput? asked, string member)
    {
        if (asked is null) return null;
        new ModelConstraints()
            .Required($"{member}.writeCapacityUnits", asked.WriteCapacityUnits)
            .Range($"{member}.writeCapacityUnits", asked.WriteCapacityUnits, 1, long.MaxValue)
            .Required($"{member}.readCapacityUnits", asked.ReadCapacityUnits)
            .Range($"{member}.readCapacityUnits", asked.ReadCapacityUnits, 1, long.MaxValue)
            .ThrowIfAny();
        var units = new ProvisionedUnits(asked.ReadCapacityUnits!.Value, asked.WriteCapacityUnits!.Value);
        foreach (var (name, value) in new[] { ("Read", units.Read), ("Write", units.Write) })
            if (value > DynamoDbLimits.MaxProvisionedUnits)
                throw DynamoDbErrors.Validation($"Given value {value} for {name}CapacityUnits is out of bounds");
        return units;
    }
}
