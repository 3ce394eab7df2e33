using System.Globalization;
using Isobar.Local.Costs;

namespace Isobar.Local.Tests.Costs;

/// <summary>A month of a size.</summary>
/// <param name="IsBulk">The files land together, so that event source mappings have full batches.</param>
/// <param name="Idle">What the stack uses while nothing happens: mappings poll, and a schedule fires.</param>
internal sealed record Volume(string Name, decimal Files, decimal Calls, bool IsBulk, Receipt Idle, Measured Measured)
{
    /// <summary>The days that logs are kept, of the days of a month.</summary>
    private const decimal LogMonths = 14m * 24 / IdleCosts.HoursOfAMonth;

    private const decimal WriteUnitBytes = 1_024;

    /// <summary>Each meter that moves, with how its quantity comes about.</summary>
    public IEnumerable<(Meter Meter, decimal Quantity, string How)> Lines()
    {
        foreach (var price in Prices.All)
            if (Line(price.Meter) is { Quantity: > 0 } line) yield return (price.Meter, line.Quantity, line.How);
    }

    public Receipt Receipt() => new(Lines().ToDictionary(line => ("", line.Meter), line => line.Quantity));

    /// <summary>What is left to pay when the monthly free tiers are not used by anything else.</summary>
    public decimal DollarsWithFreeTier() => Lines().Sum(line =>
        Prices.Of(line.Meter).Of(Math.Max(0, line.Quantity - Prices.Of(line.Meter).FreeEachMonth)));

    private (decimal Quantity, string How) Line(Meter meter) => meter switch
    {
        // Processes of a bulk run shared this machine's processors; on Lambda each has its own share.
        Meter.LambdaGigabyteSeconds => Used(Measured.OfSingle(meter), Measured.OfCall(meter), Idle.Of(meter)),
        Meter.StorageGigabyteMonths => (
            Files * Measured.StoredBytes / Charge.GigabyteBytes,
            Text($"{Files:N0} x {Measured.StoredBytes / 1_048_576:N2} MB, for the whole month")),
        Meter.TableGigabyteMonths => (
            OfAFile(Meter.TableWriteUnits) * Files * WriteUnitBytes / Charge.GigabyteBytes,
            "1 KB for each write unit, at most"),
        Meter.LogGigabyteMonths => (
            (OfAFile(Meter.LogGigabytes) * Files + Measured.OfCall(Meter.LogGigabytes) * Calls) * LogMonths,
            "kept for 14 days"),
        Meter.MetricMonths => (Measured.CustomMetrics, "each has a value in every hour, at most"),
        Meter.QueueRequests or Meter.FifoQueueRequests => (
            OfAFile(meter) * Files + Idle.Of(meter),
            Text($"{OfAFile(meter):0.##} x {Files:N0} + {Idle.Of(meter):N0} empty receives")),
        _ => Used(OfAFile(meter), Measured.OfCall(meter), Idle.Of(meter)),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private decimal OfAFile(Meter meter) => IsBulk ? Measured.OfBulk(meter) : Measured.OfSingle(meter);

    private (decimal, string) Used(decimal ofAFile, decimal ofACall, decimal idle)
    {
        string[] parts =
        [
            .. ofAFile > 0 ? [Text($"{ofAFile:0.######} x {Files:N0}")] : (string[])[],
            .. ofACall > 0 ? [Text($"{ofACall:0.######} x {Calls:N0} calls")] : (string[])[],
            .. idle > 0 ? [Text($"{idle:N0} of the schedule")] : (string[])[],
        ];
        return (ofAFile * Files + ofACall * Calls + idle, string.Join(" + ", parts));
    }
}
