using Isobar.Local.Costs;

namespace Isobar.Local.Tests.Costs;

/// <summary>The arithmetic of receipts, against sums made by hand from AWS's pricing pages.</summary>
public sealed class ReceiptTests
{
    /// <summary>
    /// As AWS calculates on its Lambda page: 3,000,000 requests of 120 ms with 1,536 MB are 540,000 GB-seconds.
    /// </summary>
    [Fact]
    public void Three_million_invocations_cost_what_AWS_calculates()
    {
        var receipt = Of(
            ("f", Meter.LambdaRequests, 3_000_000), ("f", Meter.LambdaGigabyteSeconds, 3_000_000 * 0.120m * 1.5m));

        // 540,000 x 0.0000166667 = 9.000018, and 3 x 0.20 = 0.60.
        Assert.Equal(540_000m, receipt.GigabyteSeconds);
        Assert.Equal(9.600018m, receipt.Dollars);
    }

    [Theory]
    [InlineData(nameof(Meter.LambdaArmGigabyteSeconds), 1_000, 0.0133334)]
    [InlineData(nameof(Meter.EdgeRequests), 1_000, 0.0006)]
    [InlineData(nameof(Meter.EdgeGigabyteSeconds), 100, 0.005001)]
    [InlineData(nameof(Meter.StorageWrites), 1_000, 0.005)]
    [InlineData(nameof(Meter.StorageReads), 1_000, 0.0004)]
    [InlineData(nameof(Meter.QueueRequests), 10_000, 0.004)]
    [InlineData(nameof(Meter.TopicRequests), 10_000, 0.005)]
    [InlineData(nameof(Meter.BusEvents), 10_000, 0.01)]
    [InlineData(nameof(Meter.ApiRequests), 1_000, 0.0035)]
    [InlineData(nameof(Meter.TableWriteUnits), 1_000, 0.000625)]
    [InlineData(nameof(Meter.TableReadUnits), 1_000, 0.000125)]
    [InlineData(nameof(Meter.LogGigabytes), 2, 1.0)]
    [InlineData(nameof(Meter.ViewerRequests), 1_000, 0.001)]
    public void Each_meter_has_its_price(string meter, int quantity, double dollars) =>
        Assert.Equal((decimal)dollars, Of(("", Enum.Parse<Meter>(meter), quantity)).Dollars);

    [Fact]
    public void Every_meter_has_one_price_with_its_page() => Assert.All(Enum.GetValues<Meter>(), meter =>
    {
        var price = Assert.Single(Prices.All, price => price.Meter == meter);
        Assert.StartsWith("https://aws.amazon.com/", price.Page, StringComparison.Ordinal);
        Assert.True(price.Dollars > 0 && price.Per > 0);
    });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(262_144, 4)]
    public void A_payload_counts_once_for_each_64_KB(long bytes, int requests) =>
        Assert.Equal(requests, Charge.Chunks(Meter.QueueRequests, bytes).Quantity);

    [Fact]
    public void What_was_used_since_an_earlier_receipt_is_the_difference()
    {
        var before = Of(("a", Meter.LambdaRequests, 2), ("", Meter.StorageReads, 5));
        var now = Of(("a", Meter.LambdaRequests, 7), ("", Meter.StorageReads, 5), ("b", Meter.LambdaRequests, 1));

        var since = now.Since(before);

        Assert.Equal((5m, 1m, 0m),
            (since.Of("a", Meter.LambdaRequests), since.Of("b", Meter.LambdaRequests), since.Of(Meter.StorageReads)));
        Assert.Equal(2, since.Quantities.Count);
    }

    [Fact]
    public void One_line_names_invocations_GB_seconds_requests_and_dollars()
    {
        var receipt = Of(
            ("f", Meter.LambdaRequests, 1_200), ("f", Meter.LambdaGigabyteSeconds, 60), ("f", Meter.StorageReads, 30));

        // 0.00024 + 0.001000002 + 0.000012
        Assert.Equal(
            "1,200 invocations, 60.000 GB-s, 30 requests to other services: $0.001252 at list price "
            + $"(us-east-1, {Prices.Date:yyyy-MM-dd})", receipt.ToString());
    }

    private static Receipt Of(params IEnumerable<(string Payer, Meter Meter, decimal Quantity)> used) =>
        new(used.ToDictionary(entry => (entry.Payer, entry.Meter), entry => entry.Quantity));
}
