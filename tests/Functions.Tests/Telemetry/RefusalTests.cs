using System.Text.Json;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;
using Isobar.Telemetry.Shipping;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>What one destination refuses for good is told at once, and to the other one.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly Pipeline pipeline;
    private readonly LineBuffer refusing = Buffer("the endpoint");
    private readonly LineBuffer taking = Buffer("the bucket");

    public RefusalTests() => pipeline = new Pipeline(
        new EventIntake(
            null, new Sampling(1), null, new InvocationTracker(new SpanIds(EnvironmentId)), [refusing, taking]),
        [refusing, taking], TimeProvider.System, _ => { });

    [Fact]
    public void The_other_destination_gets_the_line_without_another_event()
    {
        pipeline.Take(RuntimeDone(1));
        Assert.Single(pipeline.Outlets[1].Next()!.Read());

        pipeline.Outlets[0].Refused(pipeline.Outlets[0].Next()!);

        var told = Assert.Single(pipeline.Outlets[1].Next()!.Read());
        Assert.Equal("telemetry.dropped", told.GetProperty("type").GetString());
        Assert.Equal(
            """{"destination":"the endpoint","droppedLines":1,"firstSequence":1,"lastSequence":1}""",
            told.GetProperty("record").GetRawText());
    }

    [Fact]
    public void A_destination_that_refuses_everything_gets_no_batch_of_such_lines_alone()
    {
        for (var invocation = 1; invocation <= 5; invocation++)
        {
            pipeline.Take(RuntimeDone(invocation));
            pipeline.Outlets[0].Refused(pipeline.Outlets[0].Next()!);
            Assert.Null(pipeline.Outlets[0].Next());
        }

        var lines = Rest(pipeline.Outlets[1]);
        Assert.Equal(5, lines.Count(IsTold));
        // What was dropped is what the endpoint has not got: the last line waits for others.
        Assert.Equal(
            lines.Length - 1,
            lines.Where(IsTold).Sum(line => line.GetProperty("record").GetProperty("droppedLines").GetInt32()));
    }

    [Fact]
    public async Task At_shutdown_the_bucket_gets_the_line_of_the_last_refusal_too()
    {
        var shipped = new List<JsonElement>();
        var refuser = new Shipper(
            pipeline.Outlets[0], new Fixed("the endpoint", _ => new Answer(Outcome.Refused, "status 400")),
            TimeProvider.System, _ => { });
        var taker = new Shipper(
            pipeline.Outlets[1], new Fixed("the bucket", batch =>
            {
                shipped.AddRange(batch.Read());
                return Answer.Taken;
            }), TimeProvider.System, _ => { });
        var (refuses, takes) = (refuser.RunAsync(), taker.RunAsync());
        pipeline.Take(Lines("not yet due"));

        // The bucket is ready before the endpoint has answered.
        await taker.FinishAsync(takes, Bound);
        await refuser.FinishAsync(refuses, Bound);
        await taker.FinishLateAsync();

        Assert.Equal(["function", "telemetry.dropped"], shipped.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal(0, taker.LeftLines);
    }

    private static JsonElement[] Rest(Pipeline.Outlet outlet)
    {
        var lines = new List<JsonElement>();
        while (outlet.Next() is { } batch) lines.AddRange(batch.Read());
        return [.. lines];
    }

    private static bool IsTold(JsonElement line) => line.GetProperty("type").GetString() == "telemetry.dropped";

    private static LineBuffer Buffer(string destination) => new(
        destination, new JsonLinesFormat(EnvironmentId, 1_024), LineBufferLimits.Default);

    private sealed class Fixed(string name, Func<SealedBatch, Answer> answer) : IDestination
    {
        public string Name => name;

        public TimeSpan Timeout => Bound;

        public Task<Answer> SendAsync(SealedBatch batch, CancellationToken cancellationToken) =>
            Task.FromResult(answer(batch));
    }
}
