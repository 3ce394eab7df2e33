using System.Globalization;

namespace Isobar.Local.Costs;

/// <summary>What was used between two moments, and what AWS would charge for it at list price.</summary>
/// <param name="Quantities">By function (empty for everything else) and meter; none of them is 0.</param>
internal sealed record Receipt(IReadOnlyDictionary<(string Payer, Meter Meter), decimal> Quantities)
{
    public static readonly Receipt Empty = new(new Dictionary<(string, Meter), decimal>());

    public decimal Dollars => Quantities.Sum(entry => Prices.Of(entry.Key.Meter).Of(entry.Value));

    /// <summary>Lambda's requests, of functions in the Region and at the edge.</summary>
    public decimal Invocations => Of(Meter.LambdaRequests) + Of(Meter.EdgeRequests);

    public decimal GigabyteSeconds => Of(Meter.LambdaGigabyteSeconds) + Of(Meter.LambdaArmGigabyteSeconds)
        + Of(Meter.LambdaProvisionedDurationGigabyteSeconds) + Of(Meter.EdgeGigabyteSeconds);

    public decimal Of(Meter meter) =>
        Quantities.Where(entry => entry.Key.Meter == meter).Sum(entry => entry.Value);

    public decimal Of(string payer, Meter meter) => Quantities.GetValueOrDefault((payer, meter));

    public Receipt Plus(Receipt other) => Join(other, 1);

    /// <summary>What was used since an earlier receipt of the same accountant.</summary>
    public Receipt Since(Receipt earlier) => Join(earlier, -1);

    /// <summary>Requests, GB-seconds and dollars, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Invocations:N0} invocations, {GigabyteSeconds:N3} GB-s, {OtherRequests:N0} requests to other services: "
        + $"${Dollars:0.000000} at list price ({Prices.Region}, {Prices.Date:yyyy-MM-dd})");

    /// <summary>Each meter that moved: its quantity, and its dollars at list price.</summary>
    public IEnumerable<string> ByMeter() =>
        from price in Prices.All
        let quantity = Of(price.Meter)
        where quantity > 0
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{price.Name,-28} {quantity,16:#,0.######}   ${price.Of(quantity):0.000000}");

    /// <summary>Each function: its invocations, GB-seconds, and the dollars of all that it used.</summary>
    public IEnumerable<string> ByFunction() =>
        from entry in Quantities
        group entry by entry.Key.Payer into payer
        let dollars = payer.Sum(entry => Prices.Of(entry.Key.Meter).Of(entry.Value))
        orderby dollars descending
        let name = payer.Key.Length > 0 ? payer.Key : "clients, and AWS itself"
        let own = this with { Quantities = payer.ToDictionary() }
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-48} {own.Invocations,6:N0} invocations {own.GigabyteSeconds,10:N3} GB-s   ${dollars:0.000000}");

    private decimal OtherRequests =>
        Of(Meter.StorageWrites) + Of(Meter.StorageReads) + Of(Meter.QueueRequests) + Of(Meter.FifoQueueRequests)
        + Of(Meter.TopicRequests) + Of(Meter.BusEvents) + Of(Meter.ApiRequests) + Of(Meter.TableWriteUnits)
        + Of(Meter.TableReadUnits) + Of(Meter.ViewerRequests);

    private Receipt Join(Receipt other, int sign)
    {
        var sums = Quantities.ToDictionary();
        foreach (var (key, quantity) in other.Quantities)
        {
            sums[key] = sums.GetValueOrDefault(key) + sign * quantity;
            if (sums[key] == 0) sums.Remove(key);
        }

        return new Receipt(sums);
    }
}
