using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests.Services.Logs;

/// <summary>The lines of functions' logs, as Lambda hands them over.</summary>
public sealed class FunctionLineTests
{
    [Fact]
    public async Task The_first_line_makes_the_group_and_the_stream()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        logs.Write("one");
        logs.Write("two ü");
        logs.Write("");

        Assert.Equal((string[])["one", "two ü"], await logs.FilterAsync(LogsOnPortZero.Group));
        var streams = await logs.OkAsync("DescribeLogStreams", $$"""{"logGroupName":"{{LogsOnPortZero.Group}}"}""");
        Assert.Equal(LogsOnPortZero.Stream,
            streams.GetProperty("logStreams")[0].GetProperty("logStreamName").GetString());
    }

    [Fact]
    public async Task A_line_has_the_service_time_at_which_it_was_read()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        logs.World.Clock.JumpBy(TimeSpan.FromDays(3));
        var before = logs.Now;

        logs.Write("one");

        var answer = await logs.OkAsync("FilterLogEvents", $$"""{"logGroupName":"{{LogsOnPortZero.Group}}"}""");
        var line = Assert.Single(answer.GetProperty("events").EnumerateArray().ToArray());
        Assert.InRange(line.GetProperty("timestamp").GetInt64(), before, logs.Now);
        Assert.Equal(line.GetProperty("timestamp").GetInt64(), line.GetProperty("ingestionTime").GetInt64());
    }

    [Fact]
    public async Task A_deleted_group_comes_back_with_the_next_line()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        logs.Write("one");

        await logs.OkAsync("DeleteLogGroup", $$"""{"logGroupName":"{{LogsOnPortZero.Group}}"}""");
        logs.Write("two");

        Assert.Equal((string[])["two"], await logs.FilterAsync(LogsOnPortZero.Group));
    }

    [Fact]
    public async Task A_gate_is_asked_once_for_a_stream_as_the_role_of_the_function()
    {
        var gate = new RecordingGate();
        await using var logs = await LogsOnPortZero.StartAsync(gate);

        logs.Write("one");
        logs.Write("two");

        var asked = Assert.Single(gate.Asked);
        Assert.Equal((string[])["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            asked.Actions.Select(action => action.Action));
        Assert.Equal(
            $"arn:aws:logs:us-east-1:000000000000:log-group:{LogsOnPortZero.Group}:log-stream:{LogsOnPortZero.Stream}",
            asked.Actions[1].Resource);
    }

    [Fact]
    public async Task A_role_that_may_not_write_loses_the_lines_and_a_fact_says_so()
    {
        await using var logs = await LogsOnPortZero.StartAsync(new RecordingGate { Refuses = true });

        logs.Write("one");

        Assert.Contains(logs.World.Journal.After(0), entry =>
            entry.Fact is Local.Services.Logs.LogLineRefused { FunctionName: "echo", RequestId: "request" });
    }

    [Fact]
    public async Task Events_expire_on_the_service_clock()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        logs.Write("old");
        await logs.OkAsync("PutRetentionPolicy",
            $$"""{"logGroupName":"{{LogsOnPortZero.Group}}","retentionInDays":1}""");
        logs.World.Clock.JumpBy(TimeSpan.FromHours(23));
        logs.Write("new");
        Assert.Equal((string[])["old", "new"], await logs.FilterAsync(LogsOnPortZero.Group));

        logs.World.Clock.JumpBy(TimeSpan.FromHours(2));

        Assert.Equal((string[])["new"], await logs.FilterAsync(LogsOnPortZero.Group));
        logs.World.Clock.JumpBy(TimeSpan.FromHours(24));
        Assert.Empty(await logs.FilterAsync(LogsOnPortZero.Group));
        var group = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups")[0];
        Assert.Equal(0, group.GetProperty("storedBytes").GetInt64());
    }

    [Fact]
    public async Task Lines_of_many_environments_at_a_time_are_all_there_while_somebody_reads()
    {
        const int environments = 8;
        const int lines = 500;
        await using var logs = await LogsOnPortZero.StartAsync();

        var writing = Enumerable.Range(0, environments).Select(environment => Task.Run(() =>
        {
            for (var i = 0; i < lines; i++) logs.Write($"{i}", stream: $"{environment}");
        })).ToArray();
        while (!writing.All(task => task.IsCompleted)) await logs.OkAsync("DescribeLogGroups", "{}");
        await Task.WhenAll(writing);

        for (var environment = 0; environment < environments; environment++)
            Assert.Equal(Enumerable.Range(0, lines).Select(i => $"{i}"), await logs.FilterAsync(
                LogsOnPortZero.Group, $$""","logStreamNames":["{{environment}}"]"""));
    }
}
