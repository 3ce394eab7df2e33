using System.Text.Json.Nodes;

namespace Isobar.Stories.Claims;

/// <summary>What is sent to destinations, when, and what is not.</summary>
[Collection(StackOfServices.Name)]
public sealed class DestinationStories(ServiceFixture stack)
{
    [Theory]
    [InlineData("""{"do":"count"}""", "Successes", "Failures", "Success")]
    [InlineData("""{"do":"throw"}""", "Failures", "Successes", "RetriesExhausted")]
    [Claim("D4")]
    public async Task A_record_goes_to_the_destination_of_its_condition_and_to_no_other(
        string payload, string target, string other, string condition)
    {
        var record = await RecordAsync("Both", payload, target);

        Assert.Equal(condition, (string?)record["requestContext"]!["condition"]);
        Assert.Null(await stack.Stack.ReceiveAsync(other));
    }

    [Fact]
    [Claim("D5")]
    public async Task A_record_has_request_and_response_and_neither_log_nor_metrics()
    {
        var record = await RecordAsync("Both", """{"do":"log","text":"only in the log"}""", "Successes");

        Assert.Equal(
            ["requestContext", "requestPayload", "responseContext", "responsePayload", "timestamp", "version"],
            record.AsObject().Select(member => member.Key).Order());
        Assert.Equal(
            ["approximateInvokeCount", "condition", "functionArn", "requestId"],
            record["requestContext"]!.AsObject().Select(member => member.Key).Order());
        Assert.Equal(
            ["executedVersion", "statusCode"],
            record["responseContext"]!.AsObject().Select(member => member.Key).Order());

        // The function wrote it with a number behind it, which the event lacks.
        Assert.DoesNotContain("only in the log 1", record.ToJsonString());
    }

    [Theory]
    [InlineData("""{"do":"count"}""")]
    [InlineData("""{"do":"throw"}""")]
    [Claim("D1")]
    [Claim("D6")]
    public async Task A_synchronous_invocation_sends_no_record_at_all(string payload)
    {
        await stack.AskAsync("Both", payload);
        await stack.Stack.QuietAsync();

        Assert.Null(await stack.Stack.ReceiveAsync("Successes"));
        Assert.Null(await stack.Stack.ReceiveAsync("Failures"));
    }

    [Fact]
    [Claim("D9")]
    public async Task An_event_that_gets_too_old_before_its_next_attempt_is_recorded_as_that()
    {
        var record = await RecordAsync("Aged", """{"do":"throw","message":"in vain"}""", "Failures");

        Assert.Equal("EventAgeExceeded", (string?)record["requestContext"]!["condition"]);
        Assert.InRange((int)record["requestContext"]!["approximateInvokeCount"]!, 1, 2);
    }

    /// <summary>Invokes asynchronously, and takes the record from a queue.</summary>
    private async Task<JsonNode> RecordAsync(string function, string payload, string queue)
    {
        var (requestId, _) = await stack.Stack.InvokeAsync(function, payload, "Event");
        await stack.Stack.QuietAsync();
        await stack.Stack.PassAsync("PT2M");
        var record = JsonNode.Parse((string)(await stack.Stack.ReceiveAsync(queue))!["Body"]!)!;
        Assert.Equal(requestId, (string?)record["requestContext"]!["requestId"]);
        return record;
    }
}
