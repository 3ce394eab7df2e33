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
    public async Task Invocations_are_counted_by_function_with_memory_times_billed_time()
    {
        var journal = new Journal(clock);
        await using var accountant = Accountant.Start(journal, clock);
        journal.Record(new InvocationReported("1", "small", "e", 100, 512, IsColdStart: true));
        journal.Record(new InvocationReported("2", "small", "e", 1, 512, IsColdStart: false));
        journal.Record(new InvocationReported("3", "large", "e", 1_500, 2_048, IsColdStart: false));

        var receipt = await accountant.ReadAsync();

        // 0.101 s x 0.5 GB and 1.5 s x 2 GB.
        Assert.Equal((2m, 0.0505m), (receipt.Of("small", Meter.LambdaRequests), Seconds(receipt, "small")));
        Assert.Equal((1m, 3m), (receipt.Of("large", Meter.LambdaRequests), Seconds(receipt, "large")));
        Assert.Equal(0, receipt.Missed);
    }

    [Fact]
    public async Task A_log_line_counts_its_bytes_and_26()
    {
        var journal = new Journal(clock);
        await using var accountant = Accountant.Start(journal, clock);
        journal.Record(new LogLineWritten("f", "e", null, Platform: false, "ü") { Bytes = 2 });
        journal.Record(new LogLineWritten("f", "e", null, Platform: true, "") { Bytes = 98 });

        Assert.Equal(152 / Charge.GigabyteBytes, (await accountant.ReadAsync()).Of("f", Meter.LogGigabytes));
    }

    [Fact]
    public async Task An_accountant_that_has_ended_still_answers()
    {
        var journal = new Journal(clock);
        var accountant = Accountant.Start(journal, clock);
        await accountant.DisposeAsync();
        journal.Record(new InvocationReported("1", "f", "e", 100, 512, IsColdStart: false));

        // Its reading is over: what came later is not counted, and nobody waits for ever.
        Assert.Empty((await accountant.ReadAsync()).Quantities);
    }

    private static decimal Seconds(Receipt receipt, string function) =>
        receipt.Of(function, Meter.LambdaGigabyteSeconds);
}
