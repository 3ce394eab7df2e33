using Isobar.Local.Costs;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>The request units that operations take.</summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "DynamoDB on-demand capacity mode" and "Capacity unit consumption
/// for read/write operations".</remarks>
internal static class Capacity
{
    private const long WriteBytes = 1_024;
    private const long ReadBytes = 4_096;

    // A transaction prepares and then commits.
    private const int TransactionFactor = 2;

    /// <summary>One unit for each KB of the item before or after, whichever is larger; the same in each index that
    /// changes, and where its key changes both for what it deletes and for what it puts.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "Provisioned throughput considerations for Global Secondary
    /// Indexes".</remarks>
    public static void Write(CallScope scope, PlannedWrite done)
    {
        scope.Meter.Add(Meter.TableWriteUnits, WriteUnits(Math.Max(done.Old?.Size ?? 0, done.New?.Size ?? 0)));
        Indexes(scope, [done]);
    }

    /// <summary>What writes take in the indexes of their tables.</summary>
    public static void Indexes(CallScope scope, IEnumerable<PlannedWrite> done) => scope.Meter.Add(
        Meter.TableWriteUnits, done.SelectMany(write => write.IndexChanges).Sum(IndexUnits));

    /// <summary>A write whose condition failed, or whose item was not there, takes one unit at least.</summary>
    public static void Write(CallScope scope, AttributeMap? item) =>
        scope.Meter.Add(Meter.TableWriteUnits, WriteUnits(item?.Size ?? 0));

    public static void Transact(CallScope scope, IEnumerable<ItemWrite> writes) => scope.Meter.Add(
        Meter.TableWriteUnits,
        TransactionFactor * writes.Sum(write => WriteUnits(write is ItemPut put ? put.Item.Size : 0)));

    /// <summary>Items that are read by key count alone; one that is not there takes a unit all the same.</summary>
    public static void Read(CallScope scope, IEnumerable<AttributeMap?> items, bool? isConsistent) =>
        scope.Meter.Add(Meter.TableReadUnits, items.Sum(item => ReadUnits(item?.Size ?? 0)) * Part(isConsistent));

    public static void TransactRead(CallScope scope, IEnumerable<AttributeMap?> items) =>
        scope.Meter.Add(Meter.TableReadUnits, TransactionFactor * items.Sum(item => ReadUnits(item?.Size ?? 0)));

    /// <summary>A page of items counts together, with those that the filter dropped; what a local index fetches from
    /// its table counts item by item.</summary>
    /// <remarks>Source of the latter: Amazon DynamoDB Developer Guide, "Provisioned throughput considerations for Local
    /// Secondary Indexes".</remarks>
    public static void Read(CallScope scope, Page page, bool? isConsistent) => scope.Meter.Add(
        Meter.TableReadUnits,
        (ReadUnits(page.ScannedBytes) + page.FetchedSizes.Sum(size => ReadUnits(size))) * Part(isConsistent));

    private static decimal Part(bool? isConsistent) => isConsistent == true ? 1 : 0.5m;

    private static long IndexUnits(IndexChange change)
    {
        var (old, item) = (change.Old?.Item, change.New?.Item);
        if (change.StaysInPlace) return WriteUnits(Math.Max(old!.Size, item!.Size));
        return (old is null ? 0 : WriteUnits(old.Size)) + (item is null ? 0 : WriteUnits(item.Size));
    }

    private static long WriteUnits(long bytes) => Math.Max(1, (bytes + WriteBytes - 1) / WriteBytes);

    private static long ReadUnits(long bytes) => Math.Max(1, (bytes + ReadBytes - 1) / ReadBytes);
}
