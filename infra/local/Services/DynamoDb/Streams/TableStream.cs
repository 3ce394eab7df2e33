using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>
/// The changes of one table, from when its stream was enabled until it was disabled. One shard is open at a time; after
/// four hours the next one takes over. A part of the service's state.
/// </summary>
/// <param name="view">KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES.</param>
/// <param name="effects">Where answers to waiting readers go.</param>
internal sealed class TableStream(
    Arn table, string label, string view, TableSchema schema, DateTimeOffset created, Effects<AnswerRead> effects)
{
    private readonly List<ChangeShard> shards = [];
    private readonly List<StreamWaiter> waiters = [];
    private long next = 1;

    /// <summary>For example <c>arn:aws:dynamodb:us-east-1:000000000000:table/jobs/stream/2026-…</c>.</summary>
    public Arn Arn { get; } = table with { Resource = $"{table.Resource}/stream/{label}" };

    public string TableName { get; } = table.Resource["table/".Length..];

    public string Label => label;

    public string View => view;

    public TableSchema Schema => schema;

    public DateTimeOffset Created => created;

    /// <summary>When it was disabled; null while it is enabled.</summary>
    public DateTimeOffset? Disabled { get; private set; }

    public IReadOnlyList<ChangeShard> Shards => shards;

    /// <summary>Of the changes that are kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes the label of a stream that begins now.</summary>
    /// <param name="previous">The table's latest, from which the new one must differ; null for none.</param>
    public static string NewLabel(DateTimeOffset now, string? previous)
    {
        var label = Label(now);
        while (previous is not null && string.CompareOrdinal(label, previous) <= 0)
            label = Label(now = now.AddMilliseconds(1));
        return label;

        static string Label(DateTimeOffset at) =>
            at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    /// <summary>Opens the first shard.</summary>
    public void Open(DateTimeOffset now) => OpenShard(null, now);

    /// <summary>Adds a change, unless it changes nothing.</summary>
    public void Write(ItemKey key, AttributeMap? old, AttributeMap? item, bool isExpiry, DateTimeOffset now)
    {
        if (old is null ? item is null : old.Equals(item)) return;
        Trim(now);
        var shard = shards[^1];
        if (now - shard.Opened >= DynamoDbLimits.ShardLifetime) shard = Succeed(shard, now);
        var change = new ItemChange(
            next++, now, old is null ? "INSERT" : item is null ? "REMOVE" : "MODIFY", schema.Attributes(key),
            view is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES" ? old : null,
            view is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES" ? item : null, isExpiry);
        shard.Add(change);
        Bytes += change.KeptBytes;
        AnswerWaiters(shard);
    }

    /// <summary>Takes no more changes; what it has is kept for another 24 hours.</summary>
    public void Disable(DateTimeOffset now)
    {
        if (Disabled is not null) return;
        Disabled = now;
        shards[^1].Close(now);
        AnswerWaiters(shards[^1]);
    }

    /// <returns>Null when there is no such shard, or no more.</returns>
    public ChangeShard? Find(string shardId) => shards.Find(shard => shard.Id == shardId);

    /// <summary>Answers a read as soon as there is something to answer, maybe at once.</summary>
    public void Read(StreamWaiter waiter, DateTimeOffset now)
    {
        Trim(now);
        if (!TryAnswer(waiter)) waiters.Add(waiter);
    }

    /// <returns>False when it was answered.</returns>
    public bool Withdraw(StreamWaiter waiter) => waiters.Remove(waiter);

    /// <summary>Trims what is older than 24 hours, and shards of which nothing is left.</summary>
    public void Trim(DateTimeOffset now)
    {
        var horizon = now - DynamoDbLimits.StreamRetention;
        while (shards.Count > 0 && TrimShard(shards[0], horizon))
        {
            var gone = shards[0];
            shards.RemoveAt(0);
            AnswerWaiters(gone);
        }
    }

    /// <summary>Trims the oldest change of all.</summary>
    /// <returns>False when there is none.</returns>
    public bool TrimOldest()
    {
        foreach (var shard in shards)
        {
            if (shard.Count == 0) continue;
            Bytes -= shard.Trim().KeptBytes;
            return true;
        }

        return false;
    }

    // Whether the shard as a whole is past its time.
    private bool TrimShard(ChangeShard shard, DateTimeOffset horizon)
    {
        while (shard.Oldest is { } oldest && oldest.At < horizon) Bytes -= shard.Trim().KeptBytes;
        return shard.Count == 0 && shard.Closed < horizon;
    }

    private ChangeShard Succeed(ChangeShard parent, DateTimeOffset now)
    {
        parent.Close(now);
        var shard = OpenShard(parent.Id, now);
        AnswerWaiters(parent);
        return shard;
    }

    private ChangeShard OpenShard(string? parentId, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds().ToString("D20", CultureInfo.InvariantCulture);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Arn}/{next}"));
        var shard = new ChangeShard(
            $"shardId-{milliseconds}-{Convert.ToHexStringLower(hash, 0, 4)}", parentId, next, now);
        shards.Add(shard);
        return shard;
    }

    private void AnswerWaiters(ChangeShard shard)
    {
        if (waiters.Count > 0) waiters.RemoveAll(waiter => waiter.ShardId == shard.Id && TryAnswer(waiter));
    }

    private bool TryAnswer(StreamWaiter waiter)
    {
        var shard = Find(waiter.ShardId);
        var changes = shard?.From(waiter.From, waiter.Maximum, waiter.MaxBytes) ?? [];
        var isEnd = shard is null
            || (shard.Closed is not null && (changes.Count == 0 || changes[^1].Number == shard.Next - 1));
        if (changes.Count == 0 && !isEnd) return false;
        effects.Add(new AnswerRead(waiter, changes, isEnd));
        return true;
    }
}
