using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Isobar.Local.Costs;

namespace Isobar.Stories.Costs;

/// <summary>What a run used, written down for docs/COST.md.</summary>
internal static class MeasuredUse
{
    public static string Path => Repository.In("docs", "cost-measured.json");

    /// <summary>
    /// A receipt without what the story itself asked tables and buckets, and without the hours of shards: they pass
    /// without a file, and docs/COST.md counts a month of them.
    /// </summary>
    public static JsonObject Of(int count, Receipt receipt)
    {
        var quantities = new JsonObject();
        foreach (var price in Prices.All.Where(price => price.Meter != Meter.ShardHours))
        {
            var own = price.Meter is Meter.TableReadUnits or Meter.StorageReads ? receipt.Of("", price.Meter) : 0;
            if (receipt.Of(price.Meter) - own is > 0 and var quantity)
                quantities[price.Meter.ToString()] = decimal.Round(quantity, 9);
        }

        return new JsonObject { ["count"] = count, ["quantities"] = quantities };
    }

    public static string Machine() =>
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}";
}
