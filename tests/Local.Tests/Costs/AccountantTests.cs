using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Costs;

/// <summary>An accountant reads every fact that the journal has when it is asked.</summary>
public sealed class AccountantTests
{
    private readonly ServiceClock clock = new(TimeProvider.System, new Activity());

    [Fact]
    public void Invocations_are_counted_by_function_with_memory_times_billed_time()
    {
        var journal = new Journal(clock);
        var accountant = Accountant.Start(journal);
        journal.Record(new InvocationReported("1", "small", "e", 100, 512, IsColdStart: true));
        journal.Record(new InvocationReported("2", "small", "e", 1, 512, IsColdStart: false));
        journal.Record(new InvocationReported("3", "large", "e", 1_500, 2_048, IsColdStart: false));

        var receipt = accountant.Read();

        // 0.101 s x 0.5 GB and 1.5 s x 2 GB.
        Assert.Equal((2m, 0.0505m), (receipt.Of("small", Meter.LambdaRequests), Seconds(receipt, "small")));
        Assert.Equal((1m, 3m), (receipt.Of("large", Meter.LambdaRequests), Seconds(receipt, "large")));
    }

    [Fact]
    public void A_log_line_counts_its_bytes_and_26()
    {
        var journal = new Journal(clock);
        var accountant = Accountant.Start(journal);
        journal.Record(new LogLineWritten("f", "e", null, Platform: false, "ü") { Bytes = 2 });
        journal.Record(new LogLineWritten("f", "e", null, Platform: true, "") { Bytes = 98 });

        Assert.Equal(152 / Charge.GigabyteBytes, accountant.Read().Of("f", Meter.LogGigabytes));
    }

    [Fact]
    public void More_facts_than_the_journal_keeps_are_all_counted()
    {
        var journal = new Journal(clock, capacity: 10);
        var accountant = Accountant.Start(journal);

        for (var call = 0; call < 1_000; call++)
            journal.Record(new InvocationReported("1", "f", "e", 1, 512, IsColdStart: false));

        Assert.Equal(1_000, accountant.Read().Of("f", Meter.LambdaRequests));
    }

    private static decimal Seconds(Receipt receipt, string function) =>
        receipt.Of(function, Meter.LambdaGigabyteSeconds);
}
