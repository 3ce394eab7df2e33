using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.EventBridge;

public sealed class FuzzTests
{
    private const int Requests = 2_000;

    private static readonly string[] Operations =
    [
        "PutEvents", "PutEvents", "CreateEventBus", "DescribeEventBus", "ListEventBuses", "DeleteEventBus", "PutRule",
        "PutRule",
        "DescribeRule", "ListRules", "DeleteRule", "EnableRule", "DisableRule", "PutTargets", "PutTargets",
        "RemoveTargets",
        "ListTargetsByRule", "TestEventPattern", "TagResource", "",
    ];

    private static readonly string[] Members =
    [
        "Name", "Rule", "EventBusName", "EventPattern", "Event", "Entries", "Targets", "Ids", "Id", "Arn", "Limit",
        "NextToken",
        "NamePrefix", "State", "Description", "ScheduleExpression", "Source", "Detail", "DetailType", "Time",
        "Resources", "Input",
        "InputPath", "InputTransformer", "InputTemplate", "InputPathsMap", "RetryPolicy", "DeadLetterConfig", "Force",
        "Nonsense",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "all", "default", "none", "ENABLED", "{}", "[", "$.detail", "$.detail[99999999999]", "$['", "<a>",
        "\\\"<a>", "AAAA",
        "{\\\"source\\\":[\\\"a\\\"]}", "{\\\"a\\\":{\\\"b\\\":1}}", "{\\\"a\\\":[{\\\"prefix\\\":\\\"\\\\ud800\\\"}]}",
        "\\ud800",
        "{\\\"a\\\":\\\"\\\\ud800\\\"}", "arn:aws:sqs:us-east-1:000000000000:q",
        "arn:aws:events:us-east-1:000000000000:event-bus/a",
        "arn:::::", "rate(1 minute)", "\u00e9\U0001F327", "\\u0000", "999999999999",
    ];

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_AWSs_and_nothing_breaks()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync($$"""{"Id":"t","Arn":"{{EventsOnPortZero.QueueArn("q")}}"}""",
            pattern: """{"account":[{"exists":true}]}""");
        var accepted = 0;
        for (var i = 0; i < Requests; i++)
        {
            var operation = Pick(random, Operations);
            var body = Encoding.UTF8.GetBytes(Request(random, operation));
            if (random.Next(20) == 0 && body.Length > 0) body[random.Next(body.Length)] = (byte)random.Next(256);
            var (status, answer) = await events.PostAsync(operation, body);
            var about = $"seed {seed}, request {i}, {operation} {Encoding.UTF8.GetString(body)}: {answer}";
            if (status == 200) accepted++;
            else Assert.True(
                status is >= 400 and < 500 && answer.GetProperty("message").GetString() is { Length: > 0 }, about);
        }

        await events.QuietAsync();
        Assert.InRange(accepted, Requests / 100, Requests);
        Assert.DoesNotContain(events.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    // Most requests begin rightly, or nothing behind the first checks would ever be reached.
    private static string Request(Random random, string operation)
    {
        if (random.Next(40) == 0) return Pick(random, ["", "null", "[]", "{", "\"a\"", "{}{}"]);
        string[] right = random.Next(3) == 0 ? [] : operation switch
        {
            "PutEvents" => [$$"""
                "Entries":[{"Source":"s","DetailType":"d","Detail":"{\"a\":[1,{\"b\":null}]}",{{Member(random)}}}]
                """],
            "PutRule" => ["\"Name\":\"all\"", $"\"EventPattern\":\"{Pick(random, Texts)}\""],
            "PutTargets" => [$$"""
                "Rule":"all",
                "Targets":[{"Id":"t{{random.Next(9)}}","Arn":"arn:aws:sqs:us-east-1:000000000000:q",{{Member(random)}}}]
                """],
            "RemoveTargets" or "ListTargetsByRule" => ["\"Rule\":\"all\""],
            "TestEventPattern" => ["\"Event\":\"{}\""],
            _ => ["\"Name\":\"all\""],
        };
        return $"{{{string.Join(',', right.Concat(Enumerable.Range(0, random.Next(2)).Select(_ => Member(random))))}}}";
    }

    private static string Member(Random random) => $"\"{Pick(random, Members)}\":{Value(random, 0)}";

    private static string Value(Random random, int depth) => random.Next(depth < 3 ? 8 : 4) switch
    {
        0 => $"{random.Next(-2, 50_000)}",
        1 => Pick(random, ["null", "true", "1.5", "1e400", "9999999999"]),
        2 or 3 => $"\"{Pick(random, Texts)}\"",
        4 or 5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ =>
            $"\"{Pick(random, random.Next(2) == 0 ? Texts : Members)}\":{Value(random, depth + 1)}"))}}}",
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
