using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Delivery;

public sealed class AsynchronousQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    private readonly AsynchronousQueue queue = new();
    private readonly List<object> facts = [];
    private readonly List<AsynchronousEvent> started = [];
    private readonly List<AsynchronousEvent> expired = [];
    private readonly List<(string Event, string Condition)> ended = [];
    private int stops;
    private RetryPolicy retries = EventInvokeConfig.Standard.Retries;
    private DateTimeOffset now = Start;

    [Fact]
    public void A_failing_event_is_tried_at_once_after_one_minute_and_two_minutes_later_under_one_request_id()
    {
        Accept("a");
        Assert.Equal(new AttemptDecision(Start.AddMinutes(1), null), Complete(AttemptResult.FunctionFailed));
        MoveTo(Start.AddMinutes(1).AddTicks(-1));
        Assert.Single(started);

        MoveTo(Start.AddMinutes(1));
        Assert.Equal(2, started.Count);
        Assert.Equal(new AttemptDecision(Start.AddMinutes(3), null), Complete(AttemptResult.FunctionFailed));

        MoveTo(Start.AddMinutes(3));
        Assert.Equal(3, started.Count);
        Assert.Equal(new AttemptDecision(null, "RetriesExhausted"), Complete(AttemptResult.FunctionFailed));
        Assert.Equal(3, started[^1].Attempts);
        Assert.Single(started.Select(attempt => attempt.Request.RequestId).Distinct());
        Assert.Equal((0, null), (queue.Count, queue.NextDue));
    }

    [Fact]
    public void A_throttled_event_goes_back_with_1_2_4_seconds_up_to_5_minutes_and_no_attempt_is_counted()
    {
        Accept("a");
        var waits = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var next = Complete(AttemptResult.Deferred).Next!.Value;
            waits.Add((next - now).TotalSeconds);
            MoveTo(next);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
        Assert.Equal(0, started[^1].Attempts);
        Complete(AttemptResult.Succeeded);
        Assert.Equal(1, started[^1].Attempts);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Retries_after_function_errors_are_the_same_with_throttles_in_between()
    {
        Accept("a");
        MoveTo(Complete(AttemptResult.FunctionFailed).Next!.Value);
        MoveTo(Complete(AttemptResult.Deferred).Next!.Value);
        Assert.Equal(now.AddMinutes(2), Complete(AttemptResult.FunctionFailed).Next);
        MoveTo(now.AddMinutes(2));
        Assert.Equal("RetriesExhausted", Complete(AttemptResult.FunctionFailed).Dropped);
    }

    [Fact]
    public void An_event_is_given_up_when_it_is_six_hours_old()
    {
        Accept("a");
        while (Complete(AttemptResult.Deferred).Next is { } next && next < Start.AddHours(6)) MoveTo(next);

        MoveTo(Start.AddHours(6).AddTicks(-1));
        Assert.Empty(expired);
        MoveTo(Start.AddHours(6));
        Assert.Single(expired);
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void An_event_is_tried_once_and_then_as_often_as_configured(int configured, int attempts)
    {
        retries = retries with { MaximumAttempts = configured };
        Accept("a");
        AttemptDecision decision;
        while ((decision = Complete(AttemptResult.FunctionFailed)).Next is { } next) MoveTo(next);

        Assert.Equal(("RetriesExhausted", attempts, attempts),
            (decision.Dropped, started.Count, started[^1].Attempts));
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(180, 2)]
    [InlineData(181, 3)]
    public void An_event_that_would_be_too_old_at_its_next_attempt_is_given_up_at_once(int maximumAge, int attempts)
    {
        retries = new RetryPolicy(2, TimeSpan.FromSeconds(maximumAge));
        Accept("a");
        AttemptDecision decision;
        while ((decision = Complete(AttemptResult.FunctionFailed)).Next is { } next) MoveTo(next);

        Assert.Equal((attempts < 3 ? "EventAgeExceeded" : "RetriesExhausted", attempts),
            (decision.Dropped, started.Count));
    }

    [Fact]
    public void What_is_configured_when_an_attempt_ends_is_what_counts()
    {
        Accept("a");
        MoveTo(Complete(AttemptResult.FunctionFailed).Next!.Value);
        retries = retries with { MaximumAttempts = 1 };

        Assert.Equal("RetriesExhausted", Complete(AttemptResult.FunctionFailed).Dropped);
    }

    [Fact]
    public void A_throttled_event_is_kept_until_it_is_as_old_as_configured()
    {
        retries = retries with { MaximumAge = TimeSpan.FromSeconds(100) };
        Accept("a");
        var tries = 1;
        while (Complete(AttemptResult.Deferred).Next is { } next)
        {
            MoveTo(next);
            if (expired.Count > 0) break;
            tries++;
        }

        // At 0, 1, 3, 7, 15, 31 and 63 s; the next would be at 127 s.
        Assert.Equal((7, 100.0, 0), (tries, (now - Start).TotalSeconds, expired[0].Attempts));
    }

    [Fact]
    public void An_answer_is_kept_between_attempts_as_long_as_there_is_room_for_it()
    {
        var megabyte = new byte[1_048_576];
        var fits = (int)(AsynchronousLimits.MaxBytes / megabyte.Length);
        foreach (var i in Enumerable.Range(0, fits - 1)) Accept($"{i}", megabyte);
        var answer = EnvironmentsInName.Success(new byte[1_048_576]);

        Complete(AttemptResult.FunctionFailed, started[0], answer);
        Complete(AttemptResult.FunctionFailed, started[1], answer);

        Assert.Equal((answer, null), (started[0].Outcome, started[1].Outcome));
    }

    [Fact]
    public void An_event_for_a_reservation_of_zero_is_given_up_without_an_attempt()
    {
        Accept("a");

        Assert.Equal(new AttemptDecision(null, "ZeroReservedConcurrency"),
            Complete(AttemptResult.ZeroReservedConcurrency));
        Assert.Equal(0, started[0].Attempts);
    }

    [Fact]
    public void Beyond_the_attempts_that_may_be_under_way_events_wait_in_order()
    {
        foreach (var i in Enumerable.Range(0, AsynchronousLimits.MaxInFlight + 2)) Accept($"{i}");
        Assert.Equal(AsynchronousLimits.MaxInFlight, started.Count);
        Assert.Null(queue.NextDue);

        Complete(AttemptResult.Succeeded, started[3]);

        Assert.Equal(AsynchronousLimits.MaxInFlight + 1, started.Count);
        Assert.Equal($"{AsynchronousLimits.MaxInFlight}", started[^1].Request.RequestId);
    }

    [Fact]
    public void A_full_queue_takes_no_event_until_one_has_left()
    {
        foreach (var i in Enumerable.Range(0, AsynchronousLimits.MaxEvents)) Assert.True(Accept($"{i}"));

        Assert.False(Accept("one too many"));
        Complete(AttemptResult.Succeeded, started[0]);
        Assert.True(Accept("now"));
        Assert.Equal(AsynchronousLimits.MaxEvents + 1, facts.OfType<EventQueued>().Count());
    }

    [Fact]
    public void A_queue_full_of_bytes_takes_no_event_until_one_has_left()
    {
        var megabyte = new byte[1_048_576];
        var fits = (int)(AsynchronousLimits.MaxBytes / megabyte.Length);
        foreach (var i in Enumerable.Range(0, fits)) Assert.True(Accept($"{i}", megabyte));

        Assert.False(Accept("one too many", [1]));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var decision = Complete(AttemptResult.FunctionFailed, started[^1]);
            if (decision.Next is { } next) MoveTo(next);
        }

        Assert.True(Accept("now", megabyte));
    }

    [Fact]
    public void A_stopped_queue_starts_nothing_and_tells_what_it_leaves()
    {
        Accept("a");
        Accept("b");
        Complete(AttemptResult.FunctionFailed, started[0]);

        Assert.Equal(1, queue.Stop());
        Assert.False(Accept("c"));
        Assert.Null(queue.NextDue);
        MoveTo(Start.AddHours(1));
        Assert.Equal(2, started.Count);
        Assert.Equal(0, stops);
        Complete(AttemptResult.Succeeded, started[1]);
        Assert.Equal(1, stops);
    }

    [Fact]
    public void An_event_ends_once_with_the_condition_that_its_record_tells()
    {
        retries = retries with { MaximumAttempts = 0 };
        Accept("good");
        Accept("bad");
        Complete(AttemptResult.Succeeded, started[0]);
        Complete(AttemptResult.FunctionFailed, started[1]);

        Assert.Equal([("good", EndedEvent.Success), ("bad", "RetriesExhausted")], ended);
        Assert.Equal("RetriesExhausted", facts.OfType<AsynchronousEventDropped>().Single().Condition);
        Assert.Equal("good", facts.OfType<AsynchronousEventSucceeded>().Single().RequestId);
    }

    private bool Accept(string id, byte[]? payload = null)
    {
        var isAccepted = queue.Accept(new AsynchronousEvent(
            new ResolvedFunction("f", "arn", null), new InvocationRequest(id, payload ?? [], "arn"), retries,
            now));
        Perform();
        return isAccepted;
    }

    private AttemptDecision Complete(
        AttemptResult result, AsynchronousEvent? attempt = null, InvocationOutcome? outcome = null)
    {
        var decision = queue.Complete(
            attempt ?? started[^1], new AttemptEnd(result, retries, new EventFailure(200, "no"), outcome), now);
        Perform();
        return decision;
    }

    private void Perform()
    {
        foreach (var effect in queue.Effects.Take())
        {
            if (effect is MakeAttempt attempt) started.Add(attempt.Event);
            if (effect is EndEvent end) ended.Add((end.Event.Request.RequestId, end.Condition));
            if (effect is EndEvent { Condition: "EventAgeExceeded" } old) expired.Add(old.Event);
            if (effect is ReportEvent report) facts.Add(report.Fact);
            if (effect is ReportStopped) stops++;
        }
    }

    // What a monitor does: time passes, and whatever is due happens.
    private void MoveTo(DateTimeOffset instant)
    {
        now = instant;
        if (queue.NextDue <= now) queue.OnDue(now);
        Perform();
    }
}
