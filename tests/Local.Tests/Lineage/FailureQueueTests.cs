using System.Text.Json.Nodes;
using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

public sealed class FailureQueueTests
{
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
    [InlineData("""{"pages": 7}""", """{"pages": 7}""")]
    [InlineData("""{"detail-type":"Scheduled Event","source":"aws.events","detail":{}}""", """{"pages": 200}""")]
    public void What_the_schedule_did_not_deliver_goes_to_Report(string body, string payload) =>
        Assert.Equal(new ToFunction("Report", payload), Of("UndeliveredQueue", body));

    [Theory]
    [InlineData("IntakeFailuresQueue", "text")]
    [InlineData("IntakeFailuresQueue", "[]")]
    [InlineData("IntakeFailuresQueue", "{}")]
    [InlineData("UndeliveredQueue", "{}")]
    [InlineData("UndeliveredQueue", """{"requestContext":{"condition":"x","functionArn":"a"},"requestPayload":1}""")]
    public void Other_messages_are_refused(string queue, string body) =>
        Assert.Throws<FormatException>(() => Of(queue, body));

    [Fact]
    public void A_record_of_another_stacks_function_is_refused() =>
        Assert.Throws<FormatException>(() => Of("UndeliveredQueue", Record("other", "RetriesExhausted")));

    private static Destination Of(string queue, string body) => FailureQueue.Of(
        queue, body,
        name => name.StartsWith("isobar-", StringComparison.Ordinal) ? name["isobar-".Length..] : null);

    private static string Record(string function, string condition) => $$"""
        {"requestContext":{"condition":"{{condition}}",
        "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:{{function}}:live"},
        "requestPayload":{"a":"é"},"responsePayload":null}
        """;
}
