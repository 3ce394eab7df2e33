using System.IO.Compression;
using System.Text.Json;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>Lines are numbered, filtered and gathered, and what does not fit is dropped and counted.</summary>
public sealed class LineBufferTests
{
    private readonly OneBuffer buffer = new(null, LineBufferLimits.Default);

    [Fact]
    public void Every_line_has_its_environment_and_a_number_that_counts_up()
    {
        buffer.Take(Lines("a", "b"), Now);
        buffer.Take(Lines("c"), Now);
        buffer.Flush();
        var batch = buffer.Next(Now)!;
        Assert.Equal((1, 3), (batch.FirstSequence, batch.Lines));
        var lines = batch.Read();
        Assert.Equal([1, 2, 3], lines.Select(line => line.Sequence()));
        Assert.Equal(["a", "b", "c"], lines.Select(line => line.Record()));
        Assert.All(lines, line => Assert.Equal(EnvironmentId, line.GetProperty("environment").GetString()));
        Assert.Equal("2026-01-12T15:39:07.123Z", lines[0].GetProperty("time").GetString());
    }

    [Fact]
    public void Lines_wait_for_the_end_of_the_invocation()
    {
        buffer.Take(Lines("a"), Now);
        Assert.Null(buffer.Next(Now));
        buffer.Take(RuntimeDone(1), Now);
        Assert.Equal(2, buffer.Next(Now)!.Lines);
        Assert.Null(buffer.Next(Now));
        buffer.Take(Lines("b"), Now);
        Assert.Null(buffer.Next(Now));
    }

    [Fact]
    public void A_full_batch_does_not_wait()
    {
        buffer.Take(Lines(Enumerable.Repeat(new string('x', 1_000), 130)), Now);
        Assert.InRange(buffer.Next(Now)!.Lines, 100, 130);
        Assert.Null(buffer.Next(Now));
    }

    [Fact]
    public void Several_ends_that_nobody_could_ship_are_one_batch()
    {
        for (var i = 0; i < 10; i++) buffer.Take(RuntimeDone(i), Now);
        Assert.Equal(10, buffer.Next(Now)!.Lines);
        Assert.Null(buffer.Next(Now));
    }

    [Fact]
    public void A_delivery_that_is_repeated_is_taken_once()
    {
        buffer.Take(RuntimeDone(1), Now);
        buffer.Take(RuntimeDone(1), Now);
        buffer.Take(RuntimeDone(2), Now);
        Assert.Equal(["1", "2"], buffer.Next(Now)!.Read().Select(line => line.Record()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("")]
    [InlineData("[{\"type\":\"function\",\"record\":\"a\"},1]")]
    public void What_is_no_delivery_is_not_taken(string body)
    {
        Assert.ThrowsAny<JsonException>(() => buffer.Take(System.Text.Encoding.UTF8.GetBytes(body), Now));
        buffer.Flush();
        Assert.Null(buffer.Next(Now));
    }

    [Fact]
    public void What_does_not_fit_is_dropped_oldest_first_and_reported_once_a_batch_was_shipped()
    {
        var small = new OneBuffer(null, new LineBufferLimits(1_000, 1_000_000, 3));
        for (var i = 0; i < 100; i++) small.Take(Lines(new string((char)('a' + i % 26), 300)), Now);
        small.Flush();
        var sequences = new List<long>();
        var reports = new List<JsonElement>();
        while (small.Next(Now) is { } batch)
        {
            small.Shipped(batch, Now);
            foreach (var line in batch.Read())
            {
                sequences.Add(line.Sequence());
                if (line.GetProperty("type").GetString() == "telemetry.dropped") reports.Add(line);
            }
        }

        var dropped = Assert.Single(reports).GetProperty("record");
        var last = dropped.GetProperty("lastSequence").GetInt64();
        Assert.Equal(1, dropped.GetProperty("firstSequence").GetInt64());
        Assert.Equal(last, dropped.GetProperty("droppedLines").GetInt64());
        Assert.InRange(last, 80, 99);
        Assert.Equal(Enumerable.Range((int)last + 1, 101 - (int)last).Select(sequence => (long)sequence), sequences);
    }

    [Fact]
    public void A_destination_that_stalls_costs_no_more_memory_than_the_limits_say()
    {
        var random = new Random(Seeds.Or(1));
        var noise = new byte[30_000];
        for (var i = 0; i < 1_500; i++)
        {
            random.NextBytes(noise);
            buffer.Take(Lines(Convert.ToBase64String(noise)), Now);
        }

        buffer.Flush();
        long held = 0;
        while (buffer.Next(Now) is { } batch) held += batch.Content.Length;
        Assert.InRange(held, LineBufferLimits.Default.SealedBytes / 2, LineBufferLimits.Default.SealedBytes + 400_000);
    }

    [Fact]
    public void Lines_below_the_level_are_left_out_and_others_are_not()
    {
        var filtered = new OneBuffer(Level.Warn, LineBufferLimits.Default);
        filtered.Take(Lines(
            "2026-01-12T15:39:07.123Z\tid\tinfo\tnot this", "2026-01-12T15:39:07.123Z\tid\tfail\tthis",
            """{"level":"Debug","message":"not this"}""", """{"level":"Warning","message":"this"}""", "any"), Now);
        filtered.Take(RuntimeDone(1), Now);
        Assert.Equal([1, 2, 3, 4], filtered.Next(Now)!.Read().Select(line => line.Sequence()));
    }

    [Fact]
    public void An_event_is_shipped_as_it_came_on_one_line_whatever_it_escapes()
    {
        buffer.Take("""
            [{ "time":"2026-01-12T15:39:07.123Z", "type":"function",
               "record":{"level":"ERROR", "n":1.50e3, "half":"\ud800", "\u0061":"\n"}}, {}]
            """u8.ToArray(), Now);
        buffer.Flush();
        using var gzip = new GZipStream(
            new MemoryStream(buffer.Next(Now)!.Content.ToArray()), CompressionMode.Decompress);
        using var text = new StreamReader(gzip);
        Assert.Equal(
            $$$"""
            {"environment":"{{{EnvironmentId}}}","sequence":1,"time":"2026-01-12T15:39:07.123Z", "type":"function",   #
             "record":{"level":"ERROR", "n":1.50e3, "half":"\ud800", "\u0061":"\n"}}
            {"environment":"{{{EnvironmentId}}}","sequence":2}

            """.Replace("#\n", ""), text.ReadToEnd());
    }

    [Fact]
    public void What_a_destination_rejects_is_told_with_the_next_batch_and_makes_none_by_itself()
    {
        buffer.Take(RuntimeDone(1), Now);
        buffer.Shipped(buffer.Next(Now)!, Now, rejected: 3);
        Assert.Null(buffer.Next(Now));
        Assert.False(buffer.IsDue);
        buffer.Take(RuntimeDone(2), Now);
        var told = buffer.Next(Now)!.Read()[0];
        Assert.Equal("telemetry.dropped", told.GetProperty("type").GetString());
        Assert.Equal(
            """{"destination":"the bucket","droppedLines":0,"rejectedLines":3}""",
            told.GetProperty("record").GetRawText());
    }

    [Fact]
    public void Dropped_lines_are_told_in_the_log_too_but_not_for_every_batch()
    {
        var small = new OneBuffer(null, new LineBufferLimits(1_000, 1_000_000, 3));
        var notices = new List<(int Second, string Notice)>();
        for (var i = 0; i < 100; i++)
        {
            small.Take(Lines(new string((char)('a' + i % 26), 900)), Now.AddSeconds(i / 5.0));
            if (small.TakeNotice() is { } notice) notices.Add((i / 5, notice));
        }

        Assert.Equal(2, notices.Count);
        Assert.StartsWith(
            "lines for the bucket are dropped, the oldest first, because too many wait: 1 ", notices[0].Notice);
        Assert.Equal(LineBuffer.NoticePause.TotalSeconds, notices[1].Second - notices[0].Second, tolerance: 1);
    }
}
