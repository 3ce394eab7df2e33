using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Streams;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.TimeToLive;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>The streams of tables, and the items that expire.</summary>
internal sealed partial class DynamoDbState
{
    private readonly ItemExpiries expiries = new();
    private StreamDirectory? streams;

    /// <summary>Answers to readers that wait for a change.</summary>
    public Effects<AnswerRead> Effects { get; } = new();

    public StreamDirectory Streams => streams ??= new StreamDirectory(Effects, maxStreamBytes);

    /// <summary>When the next item may expire.</summary>
    public DateTimeOffset? NextDue => expiries.NextDue;

    /// <summary>Deletes the items that have expired.</summary>
    public void OnDue(DateTimeOffset now)
    {
        var oldest = now - DynamoDbLimits.OldestExpiry;
        while (expiries.TryTake(now, out var table, out var key))
        {
            var isThere = tables.GetValueOrDefault(table.Definition.Name) == table;
            if (isThere && table.ExpiryOf(key) is { } at && at <= now && at >= oldest)
                table.Put(key, null, now, isExpiry: true);
        }

        Streams.Limit();
    }

    /// <summary>Changes the settings of a table: all of it, or nothing.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException; ValidationException or LimitExceededException: the
    /// change can't be made.</exception>
    public Table UpdateTable(TableName name, TableChange change, DateTimeOffset now)
    {
        var table = DescribeTable(name);
        var update = new TableUpdate(table, change);
        CheckSpace(update.Created?.Bytes ?? 0);
        if (change.Stream is { } stream) Change(table, stream.View, now);
        update.Apply(now);
        if (change.Protection is { } isProtected) table.Protect(isProtected);
        return table;
    }

    /// <summary>Lets a table's items expire, or no longer.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException; ValidationException: it is so already.</exception>
    public void UpdateTimeToLive(TableName name, string attribute, bool enabled)
    {
        var table = DescribeTable(name);
        if (enabled && table.TimeToLive == attribute) throw DynamoDbErrors.Validation("TimeToLive is already enabled");
        if (table.TimeToLive is { } other && other != attribute)
            throw DynamoDbErrors.Validation(
                $"TimeToLive is active on a different AttributeName: current AttributeName is {other}");
        if (!enabled && table.TimeToLive is null) throw DynamoDbErrors.Validation("TimeToLive is already disabled");
        table.Expire(enabled ? attribute : null, expiries);
    }

    private void Change(Table table, string? view, DateTimeOffset now)
    {
        if (view is null)
        {
            (table.Stream ?? throw DynamoDbErrors.NoStreamToDisable(table.Definition.Name.Name)).Disable(now);
            return;
        }

        if (table.Stream is not null) throw DynamoDbErrors.StreamEnabled(table.Definition.Name.Name);
        table.LatestStream = Streams.Enable(table, view, now);
    }
}

/// <summary>What a request wants of a table's stream.</summary>
/// <param name="View">The view of the stream to begin; null to disable it.</param>
internal sealed record StreamChange(string? View);
