using System.Text;
using System.Text.Json;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>A share of the invocations is shipped, decided by their request ids.</summary>
public sealed class SamplingTests
{
    private const int Invocations = 2_000;

    private readonly Random random = new(Seeds.Or(1));

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void As_many_invocations_are_kept_as_the_share_says_and_the_others_are_counted(double share)
    {
        var buffer = new OneBuffer(null, LineBufferLimits.Default, share);
        for (var i = 0; i < Invocations; i++) Take(buffer, Start(Id()), Line("info"), Done("success"));
        var lines = Ship(buffer);
        var kept = lines.Count(line => Type(line) == "platform.start");
        var deviation = Math.Sqrt(Invocations * share * (1 - share));
        Assert.InRange(kept, Invocations * share - 4 * deviation, Invocations * share + 4 * deviation);
        Assert.Equal(kept, lines.Count(line => Type(line) == "function"));
        Assert.Equal(kept, lines.Count(line => Type(line) == "platform.runtimeDone"));
        var away = lines.Where(line => Type(line) == "telemetry.sampled")
            .Select(line => line.GetProperty("record")).ToArray();
        Assert.Equal(Invocations - kept, away.Sum(record => record.GetProperty("invocations").GetInt64()));
        Assert.Equal(3 * (Invocations - kept), away.Sum(record => record.GetProperty("lines").GetInt64()));
        Assert.Equal(
            Enumerable.Range(1, lines.Length).Select(number => (long)number),
            lines.Select(line => line.Sequence()));
    }

    [Fact]
    public void Ids_that_differ_at_their_end_only_are_sampled_like_any_others()
    {
        var buffer = new OneBuffer(null, LineBufferLimits.Default, 0.5);
        for (var i = 0; i < 1_000; i++) Take(buffer, Start($"3da1f2dc-3222-475e-9205-{i:x12}"), Done("success"));
        Assert.InRange(Ship(buffer).Count(line => Type(line) == "platform.start"), 437, 563);
    }

    [Fact]
    public void Warnings_and_failures_of_the_others_are_kept_and_shipped_at_the_end_of_their_invocation()
    {
        var buffer = new OneBuffer(null, LineBufferLimits.Default, 0);
        Take(buffer, Start(Id()), Line("info"), Line("warn"), Done("success"));
        Assert.Equal(
            ["function"], buffer.Next(Now)!.Read().Select(Type).Where(type => type != "telemetry.sampled"));
        Take(buffer, Start(Id()), Line("info"), Done("error"));
        Assert.Equal(
            ["platform.runtimeDone"], buffer.Next(Now)!.Read().Select(Type).Where(type => type != "telemetry.sampled"));
        Take(buffer, Start(Id()), Line("info"), Done("success"));
        Assert.Null(buffer.Next(Now));
    }

    [Fact]
    public void Two_attempts_of_one_event_are_decided_alike_in_two_environments()
    {
        foreach (var id in Enumerable.Range(0, 100).Select(_ => Id()))
        {
            OneBuffer one = new(null, LineBufferLimits.Default, 0.5), other = new(null, LineBufferLimits.Default, 0.5);
            Take(one, Start(id), Done("success"));
            Take(other, Start(id), Done("success"));
            Assert.Equal(one.Next(Now) is null, other.Next(Now) is null);
        }
    }

    private string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static string Start(string id) => $$"""{"type":"platform.start","record":{"requestId":"{{id}}"} }""";

    private static string Line(string level) => $$"""{"type":"function","record":{"level":"{{level}}"} }""";

    private static string Done(string status) =>
        $$"""{"type":"platform.runtimeDone","record":{"status":"{{status}}"} }""";

    private static string Type(JsonElement line) => line.GetProperty("type").GetString()!;

    private static void Take(OneBuffer buffer, params string[] events) =>
        buffer.Take(Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"), Now);

    private static JsonElement[] Ship(OneBuffer buffer)
    {
        var lines = new List<JsonElement>();
        buffer.ReportSampledAway(Now);
        buffer.Flush();
        while (buffer.Next(Now) is { } batch) lines.AddRange(batch.Read());
        return [.. lines];
    }
}
