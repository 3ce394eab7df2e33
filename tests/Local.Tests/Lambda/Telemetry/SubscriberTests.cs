using Isobar.Local.Lambda.Telemetry;
using static Isobar.Local.Tests.Lambda.Telemetry.Telemetries;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>When a buffer is delivered, what happens when it is not taken, and where growth ends.</summary>
public sealed class SubscriberTests
{
    private readonly Subscriber subscriber = new(Subscription());

    [Fact]
    public void A_buffer_is_delivered_when_its_first_event_is_as_old_as_the_timeout()
    {
        var taken = subscriber.Take(After(0));
        subscriber.Add(Line("one"), After(10));
        subscriber.Add(Line("two"), After(90));
        Assert.Equal(After(110), subscriber.NextDue);

        subscriber.OnDue(After(109));
        Assert.False(taken.IsCompleted);
        subscriber.OnDue(After(110));

        Assert.Equal(2, taken.Given().Batch.Events.Count);
    }

    [Fact]
    public void A_buffer_is_delivered_at_once_when_it_has_as_many_events_as_were_asked_for()
    {
        var taken = subscriber.Take(After(0));
        for (var i = 1; i < 1_000; i++) subscriber.Add(Line("line"), After(1));
        Assert.False(taken.IsCompleted);
        subscriber.Add(Line("line"), After(1));
        Assert.Equal(1_000, taken.Given().Batch.Events.Count);
    }

    [Fact]
    public void A_buffer_is_delivered_at_once_when_it_has_as_many_bytes_as_were_asked_for()
    {
        var taken = subscriber.Take(After(0));
        subscriber.Add(Line(new string('x', TelemetryLimits.MinBytes - 100)), After(1));
        Assert.False(taken.IsCompleted);
        subscriber.Add(Line(new string('y', 100)), After(1));
        Assert.Single(taken.Given().Batch.Events);
    }

    [Fact]
    public void An_event_larger_than_the_buffer_is_delivered_alone()
    {
        var taken = subscriber.Take(After(0));
        subscriber.Add(Line(new string('x', 2 * TelemetryLimits.MaxBytes)), After(1));
        Assert.Single(taken.Given().Batch.Events);
        Assert.Equal(0, subscriber.Lost);
    }

    [Fact]
    public void What_was_refused_is_offered_again_after_a_pause_that_doubles_and_is_dropped_after_five_attempts()
    {
        subscriber.Add(Line("one"), After(0));
        var now = After(100);
        foreach (var pause in (int[])[100, 200, 400, 800])
        {
            var attempt = subscriber.Take(now).Given();
            Assert.Equal(["one"], attempt.Batch.Texts().Select(Record));
            subscriber.Failed(now);
            Assert.Equal(now.AddMilliseconds(pause), subscriber.NextDue);
            now = now.AddMilliseconds(pause);
        }

        Assert.Equal(5, subscriber.Take(now).Given().Number);
        subscriber.Failed(now);
        Assert.Equal(1, subscriber.Lost);
        Assert.Null(subscriber.NextDue);
    }

    [Fact]
    public void The_next_batch_after_a_loss_begins_with_the_number_of_events_lost()
    {
        FailUntilDropped("lost", After(0));
        subscriber.Add(Line("next"), After(5_000));
        var batch = subscriber.Take(After(5_100)).Given().Batch;
        Assert.Equal(1, batch.Records);
        Assert.Equal(1, batch.ReportedRecords);
        Assert.Contains("\"type\":\"platform.logsDropped\",\"record\":{\"droppedRecords\":1,", batch.Texts()[0]);
        Assert.Equal("next", Record(batch.Texts()[1]));
    }

    [Fact]
    public void A_report_of_losses_that_is_lost_is_made_again()
    {
        FailUntilDropped("first", After(0));
        FailUntilDropped("second", After(10_000));
        subscriber.Add(Line("third"), After(20_000));
        Assert.Equal(2, subscriber.Take(After(20_100)).Given().Batch.ReportedRecords);
        Assert.Equal(2, subscriber.Lost);
    }

    [Fact]
    public void Of_a_subscriber_that_takes_nothing_the_oldest_events_are_dropped_at_the_bound()
    {
        var bound = 1_000 * TelemetryLimits.HeldBuffers;
        for (var i = 0; i < bound + 7; i++) subscriber.Add(Line($"{i}"), After(0));
        Assert.Equal(7, subscriber.Lost);
        var batch = subscriber.Take(After(1)).Given().Batch;
        Assert.Equal(7, batch.ReportedRecords);
        Assert.Equal("7", Record(batch.Texts()[1]));
    }

    [Fact]
    public void The_bound_in_bytes_holds_too()
    {
        var line = Line(new string('x', 100_000));
        for (var i = 0; i < 100; i++) subscriber.Add(line, After(0));
        var held = (100 - subscriber.Lost) * line.Json.Length;
        Assert.InRange(held, 900_000, TelemetryLimits.MinBytes * TelemetryLimits.HeldBuffers);
    }

    [Fact]
    public void An_attempt_that_is_not_answered_is_given_up()
    {
        subscriber.Add(Line("one"), After(0));
        var attempt = subscriber.Take(After(100)).Given();
        Assert.Equal(After(100) + TelemetryLimits.AttemptTimeout, subscriber.NextDue);
        subscriber.OnDue(After(100) + TelemetryLimits.AttemptTimeout);
        Assert.True(attempt.GivenUp.IsCompleted);
    }

    [Fact]
    public void Time_in_which_the_environment_is_stopped_does_not_count()
    {
        subscriber.Add(Line("one"), After(0));
        var attempt = subscriber.Take(After(100)).Given();
        subscriber.Pause(After(200));
        Assert.Null(subscriber.NextDue);
        subscriber.OnDue(After(600_000));
        subscriber.Resume(After(600_000));
        Assert.False(attempt.GivenUp.IsCompleted);
        Assert.Equal(After(600_000 - 100) + TelemetryLimits.AttemptTimeout, subscriber.NextDue);
    }

    [Fact]
    public void A_stopped_environment_is_given_nothing_and_gets_what_is_due_when_it_goes_on()
    {
        subscriber.Add(Line("one"), After(0));
        subscriber.Pause(After(1));
        var taken = subscriber.Take(After(5_000));
        Assert.False(taken.IsCompleted);
        subscriber.Resume(After(6_000));
        Assert.Single(taken.Given().Batch.Events);
    }

    [Fact]
    public void A_flush_delivers_what_is_held_and_completes_when_it_is_taken()
    {
        var taken = subscriber.Take(After(0));
        subscriber.Add(Line("one"), After(1));
        var flushed = subscriber.Flush(After(2));
        Assert.Single(taken.Given().Batch.Events);
        Assert.False(flushed.IsCompleted);

        taken = subscriber.Take(After(3));
        subscriber.Succeeded();
        Assert.True(flushed.IsCompleted);
        Assert.True(subscriber.Flush(After(3)).IsCompleted);
        subscriber.Add(Line("two"), After(4));
        Assert.Equal("two", Record(taken.Given().Batch.Texts()[0]));
    }

    [Fact]
    public void When_nobody_listens_any_more_the_worker_goes_home_and_nothing_is_kept()
    {
        var taken = subscriber.Take(After(0));
        subscriber.Add(Line("one"), After(1));
        var flushed = subscriber.Flush(After(1));
        var attempt = taken.Given();
        subscriber.Add(Line("two"), After(1));
        Assert.Equal(2, subscriber.Close());
        Assert.True(attempt.GivenUp.IsCompleted && flushed.IsCompleted);
        subscriber.Failed(After(2));
        subscriber.Add(Line("three"), After(3));
        Assert.Null(subscriber.Take(After(4)).Given());
        Assert.Null(subscriber.NextDue);
    }

    [Fact]
    public void An_event_of_a_type_that_was_not_asked_for_is_not_delivered()
    {
        subscriber.Add(PlatformEvents.Line(Start, TelemetryTypes.Extension, "extension", "mine"), After(0));
        Assert.Null(subscriber.NextDue);
    }

    [Fact]
    public void A_batch_is_a_JSON_array()
    {
        var batch = new Batch([Line("a \"quote\"").Json, Line("b").Json], 0, 0, 0);
        using var array = System.Text.Json.JsonDocument.Parse(batch.ToJsonArray());
        Assert.Equal(["a \"quote\"", "b"], array.RootElement.EnumerateArray()
            .Select(each => each.GetProperty("record").GetString()));
    }

    private void FailUntilDropped(string line, DateTimeOffset now)
    {
        subscriber.Add(Line(line), now);
        for (var attempt = 0; attempt < TelemetryLimits.MaxAttempts; attempt++)
        {
            now = now.AddSeconds(1);
            Assert.NotNull(subscriber.Take(now).Given());
            subscriber.Failed(now);
        }
    }

    private static string? Record(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.GetProperty("record").GetString();
    }
}
