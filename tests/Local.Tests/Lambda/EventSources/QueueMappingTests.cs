using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class QueueMappingTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_batch_that_the_function_took_leaves_the_queue()
    {
        await using var lambda = await StartAsync("BatchSize: 10");

        lambda.Queue.Send("a", "b", "c");

        var done = await lambda.FactAsync<BatchSucceeded>();
        Assert.Equal((3, 0), (done.Deleted, done.Failed));
        Assert.Empty(lambda.Queue.Left);
        Assert.Equal(["a", "b", "c"], Batches(lambda).Single());
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo",
            lambda.Pool.Requests.Single().InvokedFunctionArn);
    }

    [Fact]
    public async Task A_batch_that_failed_reappears_after_the_visibility_timeout_and_not_before()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure("Boom"));
        lambda.Queue.Send("a");
        Assert.Equal("Boom", (await lambda.FactAsync<BatchFailed>()).Reason);
        var seen = lambda.World.Journal.LastSequence;
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(29), default);
        Assert.Single(lambda.Pool.Requests);
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("null"));

        await clock.AdvanceByAsync(TimeSpan.FromSeconds(2), default);

        await lambda.FactAsync<BatchSucceeded>(after: seen);
        Assert.Empty(lambda.Queue.Left);
        Assert.Empty(lambda.Queue.Stale);
        Assert.NotEqual(lambda.Pool.Requests.First().RequestId, lambda.Pool.Requests.Last().RequestId);
    }

    [Fact]
    public async Task Reported_messages_stay_and_the_others_are_deleted()
    {
        await using var lambda = await StartAsync("BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures]");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(
            EnvironmentsInName.Success("""{"batchItemFailures":[{"itemIdentifier":"b"}]}"""));

        lambda.Queue.Send("a", "b", "c");

        Assert.Equal("b", (await lambda.FactAsync<BatchItemFailed>()).MessageId);
        var done = await lambda.FactAsync<BatchSucceeded>();
        Assert.Equal((2, 1), (done.Deleted, done.Failed));
        Assert.Equal(["b"], lambda.Queue.Left);
    }

    [Fact]
    public async Task A_malformed_partial_response_keeps_the_whole_batch()
    {
        await using var lambda = await StartAsync("FunctionResponseTypes: [ReportBatchItemFailures]");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(
            EnvironmentsInName.Success("""{"batchItemFailures":[{"itemIdentifier":""}]}"""));

        lambda.Queue.Send("a", "b");

        await lambda.FactAsync<BatchFailed>();
        Assert.Equal(["a", "b"], lambda.Queue.Left);
        Assert.Empty(lambda.Queue.Deleted);
    }

    [Fact]
    public async Task A_partial_response_means_nothing_when_the_feature_is_off()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(
            EnvironmentsInName.Success("""{"batchItemFailures":[{"itemIdentifier":"a"}]}"""));

        lambda.Queue.Send("a", "b");

        Assert.Equal(2, (await lambda.FactAsync<BatchSucceeded>()).Deleted);
    }

    [Fact]
    public async Task No_more_batches_run_at_a_time_than_MaximumConcurrency()
    {
        await using var lambda = await StartAsync("BatchSize: 1, ScalingConfig: {MaximumConcurrency: 2}");
        var (most, under) = (0, 0);
        var pairs = new Pairs();
        lambda.Pool.Run = async (_, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref under));
            await pairs.MeetAsync().WaitAsync(Bound);
            // Both are in; a third that were allowed in would now get its turn.
            for (var i = 0; i < 1_000; i++) await Task.Yield();
            Interlocked.Decrement(ref under);
            return EnvironmentsInName.Success("null");
        };

        lambda.Queue.Send(Enumerable.Range(0, 40).Select(i => $"m{i}"));

        await lambda.FactAsync<BatchSucceeded>(_ => lambda.Queue.Left.Count == 0);
        Assert.Equal(2, most);
        Assert.Equal(40, lambda.Queue.Deleted.Distinct().Count());
        Assert.Empty(lambda.Queue.Stale);
    }

    [Fact]
    public async Task A_batching_window_gathers_until_it_has_passed_in_service_time()
    {
        await using var lambda = await StartAsync("BatchSize: 100, MaximumBatchingWindowInSeconds: 20");
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);
        lambda.Queue.Send("a");
        await lambda.Queue.ReceivedAsync("a", Bound);
        lambda.Queue.Send("b");
        await lambda.Queue.ReceivedAsync("b", Bound);
        Assert.Empty(lambda.Pool.Requests);

        await clock.AdvanceByAsync(TimeSpan.FromSeconds(20), default);

        await lambda.FactAsync<BatchSucceeded>();
        Assert.Equal(["a", "b"], Batches(lambda).Single());
    }

    [Fact]
    public async Task A_full_batch_does_not_wait_for_its_window()
    {
        await using var lambda = await StartAsync("BatchSize: 12, MaximumBatchingWindowInSeconds: 300");

        lambda.Queue.Send(Enumerable.Range(10, 12).Select(i => $"m{i}"));

        Assert.Equal(12, (await lambda.FactAsync<BatchInvoked>()).Messages);
    }

    [Fact]
    public async Task Messages_over_6_MB_together_go_in_two_batches_and_each_once()
    {
        await using var lambda = await StartAsync("BatchSize: 10");

        lambda.Queue.SendLarge("a", 1);
        lambda.Queue.SendLarge("b", 4_000_000);
        lambda.Queue.SendLarge("c", 4_000_000);

        await lambda.FactAsync<BatchSucceeded>(_ => lambda.Queue.Left.Count == 0);
        Assert.Equal(["a", "b", "c"], Batches(lambda).SelectMany(batch => batch).Order());
        Assert.True(lambda.Pool.Requests.All(request => request.Payload.Length <= 6_291_456));
        Assert.Equal(3, lambda.Queue.Deleted.Count);
    }

    [Fact]
    [Claim("C4")]
    public async Task A_throttled_batch_is_tried_again_inside_its_visibility_timeout()
    {
        await using var lambda = await StartAsync("BatchSize: 10", "ReservedConcurrentExecutions: 1");
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        lambda.Pool.Run = async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return EnvironmentsInName.Success("null");
        };
        var other = lambda.InvokeAsync("echo", "{}");
        await entered.Task.WaitAsync(Bound);
        lambda.Queue.Send("a");
        var throttled = await lambda.FactAsync<BatchThrottled>();
        Assert.Equal("TooManyRequestsException", throttled.Reason);
        Assert.NotNull(throttled.Next);
        release.SetResult();
        await other;

        lambda.World.Clock.JumpBy(TimeSpan.FromSeconds(1));

        Assert.Equal(throttled.RequestId, (await lambda.FactAsync<BatchSucceeded>()).RequestId);
        Assert.Single(lambda.Queue.Deleted);
    }

    [Fact]
    public async Task A_batch_throttled_for_too_long_is_left_to_reappear_and_counts_a_receive_as_on_AWS()
    {
        await using var lambda = await StartAsync("BatchSize: 10", "ReservedConcurrentExecutions: 0");
        lambda.Queue.Send("a");
        for (var i = 1; i <= 4; i++)
        {
            var tries = 0;
            await lambda.FactAsync<BatchThrottled>(_ => ++tries == i);
            lambda.World.Clock.JumpBy(TimeSpan.FromSeconds(Math.Pow(2, i - 1)));
        }

        // 1 + 2 + 4 + 8 s have passed of 30; another 16 s and a timeout of 3 s would be too late.
        var last = await lambda.FactAsync<BatchThrottled>(fact => fact.Next is null);
        Assert.Equal(["a"], lambda.Queue.Left);
        Assert.Equal(1, lambda.Queue.Received("a"));
        lambda.World.Clock.JumpBy(TimeSpan.FromSeconds(15));
        await lambda.FactAsync<BatchThrottled>(fact => fact.RequestId != last.RequestId);
        Assert.Equal(2, lambda.Queue.Received("a"));
    }

    [Fact]
    public async Task A_machine_without_room_never_counts_a_receive()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        lambda.Pool.Run = (_, _) => throw new HostSaturatedException(1);
        lambda.Queue.Send("a");
        var wait = 1.0;
        for (var i = 1; i <= 9; i++)
        {
            var tries = 0;
            var throttled = await lambda.FactAsync<BatchThrottled>(_ => ++tries == i);
            Assert.Equal("ServiceException", throttled.Reason);
            Assert.NotNull(throttled.Next);
            await AdvanceAsync(lambda, TimeSpan.FromSeconds(wait));
            wait = Math.Min(wait * 2, 30);
        }

        Assert.Equal(1, lambda.Queue.Received("a"));
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("null"));
        await AdvanceAsync(lambda, TimeSpan.FromSeconds(30));

        await lambda.FactAsync<BatchSucceeded>();
        Assert.Single(lambda.Queue.Deleted);
        Assert.Empty(lambda.Queue.Stale);
    }

    [Fact]
    public async Task A_batch_that_waits_for_an_environment_for_longer_than_its_visibility_timeout_is_received_once()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        var (entered, room) = (new TaskCompletionSource(), new TaskCompletionSource());
        lambda.Pool.Run = async (_, _) =>
        {
            entered.SetResult();
            await room.Task;
            return EnvironmentsInName.Success("null");
        };
        lambda.Queue.Send("a");
        await entered.Task.WaitAsync(Bound);
        for (var i = 0; i < 4; i++)
        {
            // Real time passes while the batch waits; a jump of the clock would wait for it.
            lambda.World.Clock.JumpBy(TimeSpan.FromSeconds(23));
            Assert.True(await lambda.Queue.Returns.WaitAsync(Bound));
        }

        Assert.Equal(1, lambda.Queue.Received("a"));
        room.SetResult();

        await lambda.FactAsync<BatchSucceeded>();
        Assert.Single(lambda.Queue.Deleted);
        Assert.Empty(lambda.Queue.Stale);
    }

    [Fact]
    public async Task The_clock_does_not_jump_while_a_batch_is_under_way()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            await release.Task;
            return EnvironmentsInName.Success("null");
        };
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, TimeSpan.FromMilliseconds(100));
        lambda.Queue.Send("a");
        await lambda.FactAsync<BatchInvoked>();

        await Assert.ThrowsAsync<ClockBusyException>(() => clock.AdvanceByAsync(TimeSpan.FromHours(1), default));

        release.SetResult();
        await lambda.FactAsync<BatchSucceeded>();
        Assert.Empty(lambda.Queue.Stale);
    }

    [Fact]
    public async Task A_stop_hands_back_what_no_invocation_has_seen_and_waits_for_the_rest()
    {
        await using var lambda = await StartAsync("BatchSize: 100, MaximumBatchingWindowInSeconds: 300");
        lambda.Queue.Send("a");
        await lambda.Queue.ReceivedAsync("a", Bound);

        await lambda.Module.StopAsync(Bound);

        var (again, _) = await lambda.Queue.ReceiveAsync(1, default);
        Assert.Equal("a", Assert.Single(again).Id);
        Assert.Empty(lambda.Pool.Requests);
    }

    [Fact]
    public async Task A_disabled_mapping_reads_nothing()
    {
        await using var lambda = await StartAsync("Enabled: false");

        lambda.Queue.Send("a");

        await lambda.FactAsync<EventSourceMappingCreated>();
        Assert.Equal(0, lambda.Queue.Received("a"));
    }

    private static async Task AdvanceAsync(LambdaOnPortZero lambda, TimeSpan time)
    {
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);
        await clock.AdvanceByAsync(time, default);
    }

    private static Task<LambdaOnPortZero> StartAsync(string settings, string function = "") =>
        LambdaOnPortZero.StartAsync(LambdaOnPortZero.Function("Echo", "echo", "      " + function) + $$"""
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  {EventSourceArn: '{{QueueInHand.Queue}}', FunctionName: !GetAtt Echo.Arn, {{settings}}}
            """);

    private static IEnumerable<string[]> Batches(LambdaOnPortZero lambda) =>
        from request in lambda.Pool.Requests
        let records = JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray()
        select records.Select(record => (string)record!["messageId"]!).ToArray();

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value
            && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    /// <summary>Lets invocations go on two by two, so that both are known to run at the same time.</summary>
    private sealed class Pairs
    {
        private readonly Lock gate = new();
        private TaskCompletionSource? first;

        public Task MeetAsync()
        {
            lock (gate)
            {
                if (first is null)
                {
                    first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return first.Task;
                }

                first.SetResult();
                var met = first.Task;
                first = null;
                return met;
            }
        }
    }
}
