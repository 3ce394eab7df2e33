using System.Text.Json.Nodes;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class FailureQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("IntakeFailuresQueue", "isobar-Intake", "Intake")]
    [InlineData("UndeliveredQueue", "isobar-Notify", "Notify")]
    public void The_event_of_a_record_goes_to_the_function_that_failed_on_it(
        string queue, string physical, string function)
    {
        var to = Assert.IsType<ToFunction>(Of(queue, Record(physical, "RetriesExhausted")));
        Assert.Equal((function, """{"a":"é"}"""), (to.Function, to.Payload));
    }

    [Fact]
    public void A_message_of_a_queues_own_dead_letter_queue_goes_back_to_that_queue()
    {
        Assert.Equal(new ToQueue("CatalogChangesQueue", "x"), Of("CatalogChangesDeadLetterQueue", "x"));
        Assert.Equal(new ToQueue("ChunksDeadLetterQueue", "{}"), Of("DeadLettersFailuresQueue", "{}"));
    }

    [Fact]
    public void An_event_in_a_functions_dead_letter_queue_goes_to_the_function() => Assert.Equal(
        new ToFunction("CatalogRecordFile", """{"Records":[]}"""),
        Of("CatalogDeadLetterQueue", """{"Records":[]}"""));

    [Fact]
    public void A_batch_that_Finalize_failed_on_goes_to_Remediate()
    {
        const string Record = """{"DDBStreamBatchInfo":{"shardId":"s"}}""";
        Assert.Equal(new ToFunction("Remediate", Record), Of("FinalizeFailuresQueue", Record));
        Assert.Throws<FormatException>(() => Of("FinalizeFailuresQueue", "{}"));
    }

    [Fact]
    public void A_notification_that_was_not_delivered_goes_to_its_function_as_SNS_would_send_it()
    {
        var to = Assert.IsType<ToFunction>(
            Of("UndeliveredQueue", """{"Type":"Notification","Message":"{\"x\":1}","TopicArn":"t"}"""));
        var sns = JsonNode.Parse(to.Payload)!["Records"]![0]!["Sns"]!;
        Assert.Equal(("CatalogRecordFile", """{"x":1}"""), (to.Function, (string?)sns["Message"]));
    }

    [Fact]
    public void A_raw_message_that_was_not_delivered_goes_to_the_audit_queue()
    {
        var record = Record("isobar-Intake", "Success");
        Assert.Equal(new ToQueue("AuditQueue", record), Of("UndeliveredQueue", record));
    }

    [Fact]
    public void An_event_that_a_rule_did_not_deliver_goes_to_its_function()
    {
        const string Event = """{"detail-type":"x","source":"lambda","detail":{}}""";
        Assert.Equal(new ToFunction("Notify", Event), Of("UndeliveredQueue", Event));
    }

    [Theory]
    [InlineData("Notify", """{"detail-type":"x","source":"other"}""", """{"detail-type":"x","source":"other"}""")]
    [InlineData("Report", """{"pages": 7}""", """{"pages": 7}""")]
    [InlineData("Report", """{"detail-type":"x","source":"lambda"}""", """{"pages": 200}""")]
    public void What_a_rule_did_not_deliver_goes_to_the_target_that_its_attribute_names(
        string function, string body, string payload) => Assert.Equal(
        new ToFunction(function, payload),
        Of("UndeliveredQueue", body, $"arn:aws:lambda:us-east-1:000000000000:function:isobar-{function}:live"));

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:other:live")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:isobar-Import:live")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:queue")]
    public void What_a_rule_did_not_deliver_to_another_target_is_refused(string target) =>
        Assert.Throws<FormatException>(() => Of("UndeliveredQueue", """{"pages": 7}""", target));

    [Theory]
    [InlineData("FinalizeFailuresQueue", """{"DDBStreamBatchInfo":BATCH}""")]
    [InlineData("UndeliveredQueue", """
        {"requestContext":{"condition":"RetriesExhausted",
        "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:isobar-Remediate:live"},
        "requestPayload":{"DDBStreamBatchInfo":BATCH}}
        """)]
    public void A_batch_that_its_stream_no_longer_has_stays_with_what_to_do_instead(string queue, string body)
    {
        Assert.IsType<ToFunction>(Of(queue, Batch(TimeSpan.FromHours(24))));
        var stays = Assert.IsType<Stays>(Of(queue, Batch(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1))));
        Assert.Contains("POST /jobs/{id}/redrive", stays.Why, StringComparison.Ordinal);

        string Batch(TimeSpan age) => body.Replace("BATCH", $$"""
            {"shardId":"s","approximateArrivalOfFirstRecord":"{{Now - age:yyyy-MM-ddTHH:mm:ss.fffZ}}",
            "approximateArrivalOfLastRecord":"{{Now:yyyy-MM-ddTHH:mm:ss.fffZ}}"}
            """, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pages": 7}""", """{"pages": 7}""")]
    [InlineData("""{"detail-type":"Scheduled Event","source":"aws.events","detail":{}}""", """{"pages": 200}""")]
    public void What_the_schedule_did_not_deliver_goes_to_Report(string body, string payload) =>
        Assert.Equal(new ToFunction("Report", payload), Of("UndeliveredQueue", body));

    [Theory]
    [InlineData("IntakeFailuresQueue", "text")]
    [InlineData("IntakeFailuresQueue", "[]")]
    [InlineData("IntakeFailuresQueue", "{}")]
    [InlineData("UndeliveredQueue", "{}")]
    [InlineData("UndeliveredQueue", """{"detail-type":"x","source":"aws.s3","detail":{}}""")]
    [InlineData("UndeliveredQueue", """{"detail-type":"Scheduled Event","source":"other","detail":{}}""")]
    [InlineData("UndeliveredQueue", """{"requestContext":{"condition":"x","functionArn":"a"},"requestPayload":1}""")]
    public void Other_messages_are_refused(string queue, string body) =>
        Assert.Throws<FormatException>(() => Of(queue, body));

    [Fact]
    public void A_record_of_another_stacks_function_is_refused() =>
        Assert.Throws<FormatException>(() => Of("UndeliveredQueue", Record("other", "RetriesExhausted")));

    private static Destination Of(string queue, string body, string? target = null) => FailureQueue.Of(
        queue, new FailedMessage(body, target),
        name => name.StartsWith("isobar-", StringComparison.Ordinal) ? name["isobar-".Length..] : null, Now);

    private static string Record(string function, string condition) => $$"""
        {"requestContext":{"condition":"{{condition}}",
        "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:{{function}}:live"},
        "requestPayload":{"a":"é"},"responsePayload":null}
        """;
}
