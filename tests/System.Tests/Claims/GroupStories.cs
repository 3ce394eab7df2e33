using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;

namespace Isobar.Stories.Claims;

/// <summary>FIFO queues as event sources: order within a group, whatever fails.</summary>
[Collection(StackOfServices.Name)]
public sealed class GroupStories(ServiceFixture stack)
{
    [Fact]
    [Claim("B9")]
    public async Task A_failing_message_blocks_its_group_until_it_is_a_dead_letter_and_other_groups_go_on()
    {
        await SendAsync("Orders", "a1", "a-poison", "a3", "b1", "b2");
        await stack.Stack.QuietAsync();
        Assert.Equal(["a1", "a-poison"], Bodies("OnOrder", "a"));
        Assert.Equal(["b1", "b2"], Bodies("OnOrder", "b"));

        await stack.Stack.PassAsync("PT2M");
        Assert.Equal(["a1", "a-poison", "a-poison"], Bodies("OnOrder", "a"));
        await stack.Stack.PassAsync("PT2M");

        Assert.Equal(["a1", "a-poison", "a-poison", "a3"], Bodies("OnOrder", "a"));
        Assert.Equal(2, stack.FactsOf<BatchFailed>("OnOrder").Count);
        var dead = await DeadAsync("a");
        Assert.Equal("a-poison", (string?)dead["Body"]);
        Measured.Write("B9", "a group of 3 stood still behind its second message for two visibility timeouts; a group "
            + "of 2 beside it did not wait");
    }

    [Fact]
    [Claim("B9")]
    public async Task What_a_function_returns_from_its_first_failure_on_comes_again_in_the_same_order()
    {
        await SendAsync("Parcels", "p1", "p-poison", "p3", "p4");
        await stack.Stack.QuietAsync();
        Assert.Equal(["p1 p-poison p3 p4"], Batches("OnParcel"));

        await stack.Stack.PassAsync("PT2M");

        Assert.Equal(["p1 p-poison p3 p4", "p-poison p3 p4"], Batches("OnParcel"));
        Assert.Equal([(1, 3), (0, 3)], stack.FactsOf<BatchSucceeded>("OnParcel")
            .Select(batch => (batch.Deleted, batch.Failed)));
    }

    // All at once, so that one receive finds all of a group.
    private Task SendAsync(string queue, params string[] bodies) => stack.Stack.Stack.Calls.SqsAsync(
        "SendMessageBatch", new JsonObject
        {
            ["QueueUrl"] = stack.Stack.Stack.NameOf(queue),
            ["Entries"] = new JsonArray([.. bodies.Select(body => new JsonObject
            {
                ["Id"] = body, ["MessageBody"] = body, ["MessageGroupId"] = body[..1],
            })]),
        });

    // The other story's messages may be dead there, too.
    private async Task<JsonNode> DeadAsync(string group)
    {
        while (await stack.Stack.ReceiveAsync("DeadOrders") is { } dead)
            if ((string?)dead["Attributes"]!["MessageGroupId"] == group) return dead;
        throw new InvalidOperationException($"No message of group {group} is dead.");
    }

    private IEnumerable<string> Bodies(string function, string group) =>
        Batches(function).Where(body => body.StartsWith(group, StringComparison.Ordinal));

    private IEnumerable<string> Batches(string function) => stack.FactsOf<LogLineWritten>(function)
        .Where(line => line.Line.StartsWith("bodies ", StringComparison.Ordinal))
        .Select(line => line.Line["bodies ".Length..]);
}
