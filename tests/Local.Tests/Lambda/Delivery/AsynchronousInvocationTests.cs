using System.Text;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;
using Isobar.Local.Tests.Services;

namespace Isobar.Local.Tests.Lambda.Delivery;

public sealed class AsynchronousInvocationTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_event_is_answered_with_202_before_the_function_has_run()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            await release.Task;
            return EnvironmentsInName.Success("1");
        };

        var answer = await lambda.QueueAsync("echo", """{"n":1}""");

        Assert.Equal((202, ""), (answer.Status, answer.Body));
        Assert.Null(answer.Header("X-Amz-Executed-Version"));
        release.SetResult();
        var done = await lambda.FactAsync<AsynchronousEventSucceeded>();
        Assert.Equal((answer.Header("x-amzn-RequestId"), 1), (done.RequestId, done.Attempts));
        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(Assert.Single(lambda.Pool.Requests).Payload.Span));
    }

    [Fact]
    public async Task A_failing_event_runs_three_times_in_three_minutes_of_service_time_under_one_request_id()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, Bound);

        var answer = await lambda.QueueAsync("echo", "{}");
        await lambda.FactAsync<AsynchronousAttemptFailed>(fact => fact.Attempt == 1);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(59), default);
        Assert.Single(lambda.Pool.Requests);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(1), default);
        await lambda.FactAsync<AsynchronousAttemptFailed>(fact => fact.Attempt == 2);
        await clock.AdvanceByAsync(TimeSpan.FromMinutes(2), default);

        var dropped = await lambda.FactAsync<AsynchronousEventDropped>();
        Assert.Equal(("RetriesExhausted", 3), (dropped.Condition, dropped.ApproximateInvokeCount));
        Assert.Equal(3, lambda.Pool.Requests.Count);
        Assert.All(lambda.Pool.Requests, request => Assert.Equal(answer.Header("x-amzn-RequestId"), request.RequestId));
    }

    [Fact]
    [Claim("C4")]
    public async Task A_throttled_event_runs_as_soon_as_there_is_room_after_its_backoff()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        lambda.Pool.Run = async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return EnvironmentsInName.Success("1");
        };
        var busy = lambda.InvokeAsync("narrow", "{}");
        await entered.Task;
        await lambda.QueueAsync("narrow", "{}");

        var deferred = await lambda.FactAsync<AsynchronousAttemptDeferred>();
        Assert.Equal(LambdaErrors.Throttled, deferred.Reason);
        release.SetResult();
        await busy;
        lambda.World.Clock.JumpBy(TimeSpan.FromSeconds(10));

        Assert.Equal(1, (await lambda.FactAsync<AsynchronousEventSucceeded>()).Attempts);
    }

    [Fact]
    public async Task An_event_for_a_reservation_of_zero_is_dropped_without_running()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(
            LambdaOnPortZero.Function("Off", "off", "      ReservedConcurrentExecutions: 0"));

        Assert.Equal(202, (await lambda.QueueAsync("off", "{}")).Status);

        var dropped = await lambda.FactAsync<AsynchronousEventDropped>();
        Assert.Equal(("ZeroReservedConcurrency", 0), (dropped.Condition, dropped.ApproximateInvokeCount));
        Assert.Empty(lambda.Pool.Requests);
    }

    [Fact]
    public async Task The_clock_does_not_jump_while_an_attempt_is_under_way()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            await release.Task;
            return EnvironmentsInName.Success("1");
        };
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, TimeSpan.FromMilliseconds(100));

        await lambda.QueueAsync("echo", "{}");

        await Assert.ThrowsAsync<ClockBusyException>(() => clock.AdvanceByAsync(TimeSpan.FromMinutes(1), default));
        release.SetResult();
        await lambda.FactAsync<AsynchronousEventSucceeded>();
        await clock.AdvanceByAsync(TimeSpan.FromMinutes(1), default);
    }

    [Fact]
    public async Task A_full_queue_answers_with_a_service_error()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            await release.Task;
            return EnvironmentsInName.Success("1");
        };
        var function = Arn.TryParse("arn:aws:lambda:us-east-1:000000000000:function:echo")!;
        for (var i = 0; i < AsynchronousLimits.MaxEvents; i++)
            await lambda.Module.DeliverAsync(function, "{}"u8.ToArray(), default);

        var answer = await lambda.QueueAsync("echo", "{}");

        Assert.Equal((500, "ServiceException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        release.SetResult();
    }

    [Fact]
    public async Task Another_service_delivers_by_ARN_and_may_reuse_its_buffer()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var function = Arn.TryParse("arn:aws:lambda:us-east-1:000000000000:function:echo")!;
        var payload = """{"n":1}"""u8.ToArray();
        Assert.True(lambda.Module.Exists(function));
        Assert.False(lambda.Module.Exists(function with { Resource = "function:missing" }));
        Assert.False(lambda.Module.Exists(function with { Resource = "function:echo:live" }));

        await lambda.Module.DeliverAsync(function, payload, default);
        Array.Clear(payload);

        await lambda.FactAsync<AsynchronousEventSucceeded>();
        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(Assert.Single(lambda.Pool.Requests).Payload.Span));
        await Assert.ThrowsAsync<AwsException>(async () => await lambda.Module.DeliverAsync(
            function with { Resource = "function:missing" }, "{}"u8.ToArray(), default));
        await Assert.ThrowsAsync<AwsException>(async () => await lambda.Module.DeliverAsync(
            function, new byte[LambdaLimits.MaxAsynchronousPayloadBytes + 1], default));
    }

    [Fact]
    public async Task A_stop_waits_for_the_attempt_under_way_and_tells_what_it_abandons()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        await lambda.QueueAsync("echo", "{}");
        await lambda.FactAsync<AsynchronousAttemptFailed>();
        var release = new TaskCompletionSource();
        lambda.Pool.Run = async (_, _) =>
        {
            await release.Task;
            return EnvironmentsInName.Success("1");
        };
        await lambda.QueueAsync("echo", "{}");

        var stopping = lambda.Module.StopAsync(Bound).AsTask();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;

        await lambda.FactAsync<AsynchronousEventSucceeded>();
        Assert.Equal(1, (await lambda.FactAsync<AsynchronousEventsAbandoned>()).Count);
        Assert.Equal(500, (await lambda.QueueAsync("echo", "{}")).Status);
    }
}
