namespace Isobar.Local.Tests.Services.EventBridge;

/// <summary>A request with two faults: the bus is told before its rule, and the rule before its targets.</summary>
public sealed class CheckOrderTests
{
    [Theory]
    [InlineData("\"EventPattern\":\"no JSON\"", "InvalidEventPatternException")]
    [InlineData("\"EventPattern\":\"\"", "ValidationException")]
    [InlineData("\"ScheduleExpression\":\"rate(1 minutes)\"", "ValidationException")]
    public async Task PutRule_looks_for_the_bus_before_the_pattern(string members, string fault)
    {
        await using var events = await EventsOnPortZero.StartAsync();

        foreach (var (bus, expected) in new[] { ("default", fault), ("gone", "ResourceNotFoundException") })
        {
            var error = await events.ErrorAsync(
                "PutRule", $$"""{"Name":"r","EventBusName":"{{bus}}",{{members}} }""");
            Assert.Equal(expected, error.Split(' ')[1]);
        }
    }

    [Theory]
    [InlineData("\"Arn\":\"q\"")]
    [InlineData("\"Arn\":\"arn:aws:kinesis:us-east-1:000000000000:stream/s\"")]
    [InlineData("\"Arn\":\"arn:aws:sqs:us-east-1:000000000000:q\",\"Input\":\"no JSON\"")]
    [InlineData("\"Arn\":\"arn:aws:sqs:us-east-1:000000000000:q\",\"Input\":\"1\",\"InputPath\":\"$.a\"")]
    [InlineData("\"Arn\":\"arn:aws:sqs:us-east-1:000000000000:q\",\"RetryPolicy\":{\"MaximumRetryAttempts\":186}")]
    public async Task PutTargets_looks_for_the_rule_before_what_a_target_says(string members)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.OkAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}"}""");

        foreach (var (rule, bus, expected) in new[]
                 {
                     ("r", "default", "ValidationException"), ("gone", "default", "ResourceNotFoundException"),
                     ("r", "gone", "ResourceNotFoundException"),
                 })
        {
            var error = await events.ErrorAsync("PutTargets",
                $$"""{"Rule":"{{rule}}","EventBusName":"{{bus}}","Targets":[{"Id":"t",{{members}} }]}""");
            Assert.Equal(expected, error.Split(' ')[1]);
        }
    }

    [Theory]
    [InlineData("""{"Rule":"gone","Targets":[{"Arn":"arn:aws:sqs:us-east-1:000000000000:q"}]}""",
        "targets.1.member.id")]
    [InlineData("""{"Rule":"gone","Targets":[{"Id":"t"}]}""", "targets.1.member.arn")]
    public async Task A_missing_member_comes_before_the_rule(string request, string member)
    {
        await using var events = await EventsOnPortZero.StartAsync();

        Assert.Equal($"400 ValidationException 1 validation error detected: Value null at '{member}' failed to satisfy "
            + "constraint: Member must not be null", await events.ErrorAsync("PutTargets", request));
    }
}
