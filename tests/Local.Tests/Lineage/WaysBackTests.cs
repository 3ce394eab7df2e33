using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class WaysBackTests
{
    private readonly WaysBack ways = new(LineageItems.Stack());

    [Fact]
    public void A_summary_that_failed_for_a_while_is_redriven()
    {
        Assert.Contains("/redrive", Of(null), StringComparison.Ordinal);
        Assert.Contains("/redrive", Of(Line("AmazonDynamoDBException", "Away")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("months:count: More than 1 station-months.")]
    [InlineData("stations:count: More than 1 stations.")]
    [InlineData("elements:count: More than 1.")]
    public void A_file_with_more_than_a_summary_holds_lands_again_in_parts(string reason) =>
        Assert.StartsWith("aws s3 cp \"$GOOD_FILE\"", Of(Line("InputRefusedException", reason)));

    [Fact]
    public void A_file_whose_partials_are_gone_lands_again()
    {
        Assert.StartsWith("aws s3api copy-object", Of(Line("FileNotFoundException", "The partials x do not exist.")));
        Assert.StartsWith("aws s3api copy-object", Of(null, arePartialsGone: true));
    }

    [Fact]
    public void A_batch_of_readings_is_sent_by_its_key_which_the_shell_knows() => Assert.EndsWith(
        """<<< "{\"resendBatch\":\"$BATCH_KEY\"}" """.TrimEnd(), ways.ResendBatch());

    private string Of(LogLine? failure, bool arePartialsGone = false) =>
        ways.FromSummary(LineageItems.Job(done: 2), failure, arePartialsGone).Command;

    // As Powertools writes what a batch met: within an exception of its own.
    private static LogLine Line(string type, string message) => new("Summarize", DateTimeOffset.UnixEpoch, $$"""
        {"level":"Error","message":"Message m failed","exception":{"type":"RecordProcessingException",
        "message":"Failed","inner_exception":{"type":"System.IO.{{type}}","message":"{{message}}"} } }
        """);
}
