namespace Isobar.Local.Tests.Services.EventBridge;

public sealed class RuleTests
{
    private const string Pattern = """{\"source\":[\"isobar\"]}""";

    [Fact]
    public async Task A_bus_is_made_once_shown_and_deleted()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var made = await events.OkAsync("CreateEventBus", """{"Name":"ops","Description":"Operations"}""");
        Assert.Equal(
            "arn:aws:events:us-east-1:000000000000:event-bus/ops", made.GetProperty("EventBusArn").GetString());
        Assert.Equal("400 ResourceAlreadyExistsException Event bus ops already exists.",
            await events.ErrorAsync("CreateEventBus", """{"Name":"ops"}"""));
        var shown = await events.OkAsync(
            "DescribeEventBus", """{"Name":"arn:aws:events:us-east-1:000000000000:event-bus/ops"}""");
        Assert.Equal("Operations", shown.GetProperty("Description").GetString());
        Assert.Equal(["default", "ops"], (await events.OkAsync("ListEventBuses", "{}")).GetProperty("EventBuses")
            .EnumerateArray().Select(bus => bus.GetProperty("Name").GetString()));
        await events.OkAsync("DeleteEventBus", """{"Name":"ops"}""");
        Assert.Equal("400 ResourceNotFoundException Event bus ops does not exist.",
            await events.ErrorAsync("DescribeEventBus", """{"Name":"ops"}"""));
        Assert.Equal("400 ValidationException Cannot delete event bus default.",
            await events.ErrorAsync("DeleteEventBus", """{"Name":"default"}"""));
    }

    [Fact]
    public async Task A_rule_is_shown_as_it_was_put_and_can_be_switched()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.OkAsync("CreateEventBus", """{"Name":"ops"}""");
        var put =
            await events.OkAsync("PutRule", $$"""{"Name":"r","EventPattern":"{{Pattern}}","EventBusName":"ops"}""");
        Assert.Equal("arn:aws:events:us-east-1:000000000000:rule/ops/r", put.GetProperty("RuleArn").GetString());
        foreach (var (operation, state) in new[] { ("DisableRule", "DISABLED"), ("EnableRule", "ENABLED") })
        {
            await events.OkAsync(operation, """{"Name":"r","EventBusName":"ops"}""");
            var shown = await events.OkAsync("DescribeRule", """{"Name":"r","EventBusName":"ops"}""");
            Assert.Equal(state, shown.GetProperty("State").GetString());
            Assert.Equal("""{"source":["isobar"]}""", shown.GetProperty("EventPattern").GetString());
            Assert.Equal(["Name", "Arn", "EventPattern", "State", "EventBusName", "CreatedBy"],
                shown.EnumerateObject().Select(property => property.Name));
        }

        Assert.Equal("400 ValidationException Event bus ops can't be deleted since it has rules.",
            await events.ErrorAsync("DeleteEventBus", """{"Name":"ops"}"""));
        await events.OkAsync("DeleteRule", """{"Name":"r","EventBusName":"ops"}""");
        await events.OkAsync("DeleteRule", """{"Name":"r","EventBusName":"ops"}""");
        Assert.Equal("400 ResourceNotFoundException Rule r does not exist on EventBus default.",
            await events.ErrorAsync("DescribeRule", """{"Name":"r"}"""));
    }

    [Fact]
    public async Task Targets_are_five_at_most_replaced_by_id_and_kept_when_their_rule_changes()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync(string.Join(',', Enumerable.Range(1, 5).Select(i => Target($"t{i}", $"q{i}"))));
        await events.OkAsync("PutTargets", $$"""{"Rule":"all","Targets":[{{Target("t5", "other")}}]}""");
        Assert.Equal("400 LimitExceededException The requested resource exceeds the maximum number allowed.",
            await events.ErrorAsync("PutTargets", $$"""{"Rule":"all","Targets":[{{Target("t6", "q6")}}]}"""));
        await events.OkAsync("PutRule", """{"Name":"all","EventPattern":"{\"source\":[\"else\"]}"}""");
        Assert.Equal("400 ValidationException Rule can't be deleted since it has targets.",
            await events.ErrorAsync("DeleteRule", """{"Name":"all"}"""));
        var removed = await events.OkAsync("RemoveTargets", """{"Rule":"all","Ids":["t1","t2","none"]}""");
        Assert.Equal("none",
            Assert.Single(removed.GetProperty("FailedEntries").EnumerateArray()).GetProperty("TargetId").GetString());
        var listed = await events.OkAsync("ListTargetsByRule", """{"Rule":"all","Limit":2}""");
        var rest = await events.OkAsync("ListTargetsByRule",
            $$"""{"Rule":"all","Limit":2,"NextToken":"{{listed.GetProperty("NextToken").GetString()}}"}""");
        Assert.Equal($"""[{Target("t3", "q3")},{Target("t4", "q4")}]""", listed.GetProperty("Targets").GetRawText());
        Assert.Equal($"""[{Target("t5", "other")}]""", rest.GetProperty("Targets").GetRawText());
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"a b","EventPattern":"{}"}""",
        "ValidationException 1 validation error detected: Value 'a b' at "
        + "'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+")]
    [InlineData("PutRule", """{"Name":"r"}""",
        "ValidationException Parameter(s) EventPattern or ScheduleExpression must be specified.")]
    [InlineData("PutTargets", """{"Rule":"all","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:0:q.fifo"}]}""",
        "ValidationException Parameter(s) SqsParameters must be specified for target: t.")]
    [InlineData("PutTargets", """
        {"Rule":"all","Targets":[
            {"Id":"t","Arn":"arn:aws:lambda:us-east-1:0:function:f","SqsParameters":{"MessageGroupId":"g"}}]}
        """,
        "ValidationException Parameter(s) SqsParameters are not valid for target: t.")]
    [InlineData("PutTargets", """
        {"Rule":"all","Targets":[
            {"Id":"t","Arn":"arn:aws:sqs:us-east-1:0:q","DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:0:d.fifo"}}]}
        """,
        "ValidationException Parameter arn:aws:sqs:us-east-1:0:d.fifo is not valid. Reason: Provided Arn is not in "
            + "correct format.")]
    [InlineData("PutRule", """{"Name":"r","ScheduleExpression":"rate(1 minute)","EventBusName":"ops"}""",
        "ValidationException ScheduleExpression is supported only on the default event bus.")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"a\":1}"}""",
        "InvalidEventPatternException Event pattern is not valid. "
        + "Reason: \"a\" must be an object or an array\n at [Source: (String)\"{\"a\":1}\"; line: 1, column: 7]")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{}","Tags":[]}""",
        "ValidationException The parameter at $.Tags is not supported.")]
    [InlineData("PutTargets", """{"Rule":"all","Targets":[{"Id":"t","Arn":"nowhere"}]}""",
        "ValidationException Parameter nowhere is not valid. Reason: Provided Arn is not in correct format.")]
    [InlineData("PutTargets", """{"Rule":"all","Targets":[{"Id":"t","Arn":"arn:aws:kinesis:us-east-1:0:stream/s"}]}""",
        "ValidationException Parameter arn:aws:kinesis:us-east-1:0:stream/s is not valid. Reason: Targets of kinesis "
            + "are not supported here.")]
    [InlineData("PutTargets",
        """{"Rule":"all","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:0:q","Input":"1","InputPath":"$"}]}""",
        "ValidationException Only one of Input, InputPath, or InputTransformer must be provided for target t.")]
    [InlineData("PutTargets", """
        {"Rule":"all","Targets":[
            {"Id":"t","Arn":"arn:aws:sqs:us-east-1:0:q","InputTransformer":{"InputTemplate":"<x>"}}]}
        """,
        "ValidationException InputTemplate for target t contains invalid placeholder x.")]
    [InlineData("TestEventPattern", """{"EventPattern":"{\"a\":[1]}","Event":"[]"}""",
        "ValidationException Parameter Event is not valid.")]
    public async Task What_EventBridge_does_not_take_is_refused(string operation, string body, string error)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.OkAsync("CreateEventBus", """{"Name":"ops"}""");
        await events.OkAsync("PutRule", $$"""{"Name":"all","EventPattern":"{{Pattern}}"}""");
        Assert.Equal($"400 {error}", await events.ErrorAsync(operation, body));
    }

    [Fact]
    public async Task A_pattern_can_be_tried()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        foreach (var (source, matches) in new[] { ("isobar", true), ("other", false) })
        {
            var answer = await events.OkAsync("TestEventPattern",
                $$"""{"EventPattern":"{{Pattern}}","Event":"{\"source\":\"{{source}}\"}"}""");
            Assert.Equal(matches, answer.GetProperty("Result").GetBoolean());
        }
    }

    [Fact]
    public async Task Rules_are_listed_by_prefix_in_pages()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        foreach (var name in new[] { "b1", "a1", "a3", "a2" })
            await events.OkAsync("PutRule", $$"""{"Name":"{{name}}","EventPattern":"{{Pattern}}"}""");
        var first = await events.OkAsync("ListRules", """{"NamePrefix":"a","Limit":2}""");
        var second = await events.OkAsync("ListRules",
            $$"""{"NamePrefix":"a","Limit":2,"NextToken":"{{first.GetProperty("NextToken").GetString()}}"}""");
        Assert.Equal(
            ["a1", "a2", "a3"], new[] { first, second }.SelectMany(page => page.GetProperty("Rules").EnumerateArray())
            .Select(rule => rule.GetProperty("Name").GetString()));
    }

    private static string Target(string id, string queue) =>
        $$"""{"Id":"{{id}}","Arn":"{{EventsOnPortZero.QueueArn(queue)}}"}""";
}
