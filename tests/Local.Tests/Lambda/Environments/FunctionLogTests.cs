using System.Text;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.Environments;

public sealed class FunctionLogTests
{
    [Fact]
    public void In_a_group_of_another_name_the_stream_is_named_by_the_function_too()
    {
        var function = PoolOfProbes.Function();
        var began = new DateTimeOffset(2026, 1, 12, 23, 59, 59, TimeSpan.Zero);

        Assert.Equal("2026/01/12/[$LATEST]0f", function.LogStreamName("0f", began));
        Assert.Equal($"2026/01/12/{function.FunctionName}[7]0f",
            (function with { LogGroupName = "shared", Version = "7" }).LogStreamName("0f", began));
    }

    [Fact]
    public async Task The_tail_has_what_the_function_wrote_between_START_and_REPORT()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        for (var turn = 0; turn < 20; turn++)
        {
            var outcome = await probes.InvokeAsync(function, """{"do":"log","text":"said","lines":3}""", tail: true);
            var lines = Encoding.UTF8.GetString(outcome.LogTail.Span).Split('\n');
            Assert.Matches(@"^START RequestId: [0-9a-f-]{36} Version: \$LATEST$", lines[0]);
            Assert.Equal(["said 1", "said 2", "said 3"], lines[1..4]);
            Assert.Matches("^END RequestId: [0-9a-f-]{36}$", lines[4]);
            Assert.Matches(
                @"^REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\t"
                + @"Memory Size: 512 MB\t"
                + @"Max Memory Used: [1-9]\d* MB\t" + (turn == 0 ? @"Init Duration: \d+\.\d\d ms\t$" : "$"), lines[5]);
            Assert.Equal(["", 7], [lines[6], (object)lines.Length]);
        }
    }

    [Fact]
    public async Task The_tail_is_the_last_four_kilobytes()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(
            PoolOfProbes.Function(), """{"do":"log","text":"many","lines":2000,"to":"stderr"}""", tail: true);
        Assert.Equal(4_096, outcome.LogTail.Length);
        var text = Encoding.UTF8.GetString(outcome.LogTail.Span);
        Assert.Contains("many 2000\nEND RequestId: ", text);
        Assert.DoesNotContain("many 1000\n", text);
    }

    [Fact]
    public async Task Every_line_reaches_the_journal_with_its_request_id()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        await probes.InvokeAsync(PoolOfProbes.Function(), """{"do":"log","text":"noted","lines":500}""", tail: true);
        var lines = probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>().ToArray();
        var said = lines.Where(line => line is { Platform: false, RequestId: not null }).Select(line => line.Line);
        Assert.Equal(Enumerable.Range(1, 500).Select(number => $"noted {number}"), said);
        Assert.StartsWith("INIT_START Runtime Version: dotnet10", lines[0].Line);
    }

    [Fact]
    public async Task A_follower_gets_every_line_whole_and_in_order()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        using var follower = probes.Log.Follow();
        var (function, text) = (PoolOfProbes.Function(), new string('é', 3_000));
        var outcome = await probes.InvokeAsync(
            function, $$"""{"do":"log","text":"{{text}}","lines":700}""", tail: true);
        var lines = new List<LogLine>();
        using var bound = new CancellationTokenSource(PoolOfProbes.Bound);
        await foreach (var line in follower.ReadAllAsync(bound.Token))
        {
            lines.Add(line);
            if (line.Text.StartsWith("REPORT", StringComparison.Ordinal)) break;
        }

        Assert.Equal(0, follower.Missed);
        Assert.Equal(
            Enumerable.Range(1, 700).Select(number => $"{text} {number}"),
            lines.Where(line => !line.Platform).Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal(
            ("probe", "/aws/lambda/probe", outcome.EnvironmentId),
            (line.FunctionName, line.LogGroup, line.EnvironmentId)));
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$", Assert.Single(
            lines.Select(line => line.LogStream).Distinct()));
        Assert.Single(lines.Select(line => line.RequestId).OfType<string>().Distinct());
    }

    [Fact]
    public async Task A_line_that_does_not_end_is_cut_in_pieces_of_256_KB()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var text = new string('x', LogState.MaxLineBytes + 1_000);
        await probes.InvokeAsync(PoolOfProbes.Function(), $$"""{"do":"log","text":"{{text}}"}""", tail: true);
        var lines = probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Where(line => !line.Platform).Select(line => line.Line).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Equal(LogLineWritten.MaxCharacters, lines[0].Length);
        Assert.EndsWith("x 1", lines[1]);
    }

    [Fact]
    public async Task In_the_JSON_format_the_platform_writes_objects()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function() with { LogFormat = LoggingFormat.Json };
        var outcome = await probes.InvokeAsync(function, "{}", tail: true);
        var lines = Encoding.UTF8.GetString(outcome.LogTail.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^\{""time"":""[^""]+Z"",""type"":""platform.start"",""record"":\{""requestId"":", lines[0]);
        Assert.Matches(
            @"""type"":""platform.report"",.*""status"":""success"",""metrics"":\{""durationMs"":", lines[1]);
    }

    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(4_000, 95, 4_096)]
    [InlineData(4_000, 96, 4_096)]
    [InlineData(9_000, 5, 4_096)]
    public void The_ring_keeps_the_end(int first, int second, int kept)
    {
        var tail = new LogTail();
        if (first > 0) tail.Append(Enumerable.Repeat((byte)'a', first).ToArray());
        tail.Append(Enumerable.Repeat((byte)'b', second - 1).ToArray());
        var text = Encoding.ASCII.GetString(tail.ToArray());
        Assert.Equal(kept, text.Length);
        Assert.EndsWith(new string('b', second - 1) + "\n", text);
    }
}
