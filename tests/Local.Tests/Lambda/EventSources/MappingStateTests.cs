using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class MappingStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly List<Batch> invoked = [];
    private readonly List<string> handedBack = [];
    private readonly List<(Batch Batch, TimeSpan Time)> keptHidden = [];
    private DateTimeOffset now = Start;
    private TimeSpan visibility = Visibility;
    private int? receiving;
    private bool isReceiveEnding;
    private int stops;

    [Fact]
    public void A_mapping_receives_runs_and_receives_again_while_it_runs()
    {
        var state = Begin(Mapping());
        Assert.Equal(10, receiving);

        Receive(state, "a", "b");

        Assert.Equal(["a", "b"], Ids(Assert.Single(invoked)));
        Assert.Equal((10, 1), (receiving, state.UnderWay));
    }

    [Fact]
    public void Without_a_free_slot_nothing_is_received()
    {
        var state = Begin(Mapping(maximumConcurrency: 2));
        Receive(state, "a");
        Receive(state, "b");
        Assert.Null(receiving);

        state.Ended(invoked[0], backOff: false, now);
        Perform(state);

        Assert.Equal(10, receiving);
    }

    [Fact]
    public void A_group_is_in_one_batch_at_a_time_and_what_is_left_of_it_follows()
    {
        var state = Begin(Mapping());
        ReceiveGroups(state, ("a1", "a"), ("a2", "a"), ("b1", "b"));
        var first = Assert.Single(invoked);

        // What came while its group was under way waits, and so does what came behind it.
        ReceiveGroups(state, ("a3", "a"), ("c1", "c"));
        Assert.Equal([["a1", "a2", "b1"]], invoked.Select(Ids));
        Assert.Null(receiving);
        first.IsDone = true;
        state.Ended(first, backOff: false, now);
        Perform(state);

        Assert.Equal([["a1", "a2", "b1"], ["a3", "c1"]], invoked.Select(Ids));
        Assert.Empty(handedBack);
    }

    [Fact]
    public void What_is_left_of_a_group_that_failed_goes_back_and_does_not_overtake()
    {
        var state = Begin(Mapping());
        ReceiveGroups(state, ("a1", "a"));
        ReceiveGroups(state, ("a2", "a"), ("b1", "b"));

        state.Ended(invoked[0], backOff: true, now);
        Perform(state);

        Assert.Equal(["a2"], handedBack);
        Assert.Equal([["a1"], ["b1"]], invoked.Select(Ids));
    }

    [Fact]
    public void A_window_gathers_until_it_has_passed_and_the_receive_has_ended()
    {
        var state = Begin(Mapping(batchSize: 100, window: TimeSpan.FromSeconds(20)));
        Receive(state, "a");
        Assert.Equal(99, receiving);
        MoveTo(state, Start.AddSeconds(5));
        Receive(state, "b");

        MoveTo(state, Start.AddSeconds(20));
        Assert.Empty(invoked);
        Assert.Null(receiving);
        Receive(state);

        Assert.Equal(["a", "b"], Ids(Assert.Single(invoked)));
    }

    [Fact]
    public void A_message_that_was_received_as_the_window_ended_is_in_the_batch()
    {
        var state = Begin(Mapping(batchSize: 100, window: TimeSpan.FromSeconds(20)));
        Receive(state, "a");
        MoveTo(state, Start.AddSeconds(20));

        Receive(state, "late");

        Assert.Equal(["a", "late"], Ids(Assert.Single(invoked)));
    }

    [Fact]
    public void A_throttled_batch_is_invoked_again_as_long_as_it_can_end_before_its_messages_are_visible()
    {
        var state = Begin(Mapping());
        Receive(state, "a");
        var waits = new List<double>();
        while (Refuse(state, isMachineFull: false) is { } next)
        {
            waits.Add((next - now).TotalSeconds);
            MoveTo(state, next);
        }

        Assert.Equal([1, 2, 4, 8], waits);
        Assert.Equal((5, 0), (invoked.Count, state.UnderWay));
        Assert.Empty(keptHidden);
    }

    [Fact]
    public void A_batch_that_is_throttled_for_a_long_visibility_timeout_reappears_at_its_end()
    {
        visibility = TimeSpan.FromMinutes(12);
        var state = Begin(Mapping());
        Receive(state, "a");
        while (Refuse(state, isMachineFull: false) is { } next) MoveTo(state, next);

        Assert.InRange(now - Start, visibility - MappingLimits.LastBackoff - Timeout, visibility - Timeout);
        Assert.Empty(keptHidden);
        Assert.Equal(0, state.UnderWay);
    }

    [Fact]
    public void A_batch_that_this_machine_has_no_room_for_is_kept_hidden_for_as_long_as_it_takes()
    {
        var state = Begin(Mapping());
        Receive(state, "a");
        var hiddenUntil = Start + Visibility;
        while (now < Start.AddMinutes(10))
        {
            MoveTo(state, Refuse(state, isMachineFull: true)!.Value);
            foreach (var (_, time) in keptHidden) hiddenUntil = now + time;
            keptHidden.Clear();
            Assert.True(hiddenUntil > now, "The message became visible while it waited for this machine.");
        }

        Assert.Single(invoked.Distinct());
    }

    [Fact]
    public void A_batch_that_waits_in_the_pool_is_kept_hidden_but_not_one_that_AWS_would_let_reappear()
    {
        var waiting = Begin(Mapping());
        Receive(waiting, "a");
        MoveTo(waiting, Start.AddSeconds(22));
        Assert.Empty(keptHidden);
        MoveTo(waiting, Start.AddSeconds(22.5));
        Assert.Equal(Visibility, Assert.Single(keptHidden).Time);
        MoveTo(waiting, Start.AddSeconds(45));
        Assert.Equal(2, keptHidden.Count);

        // A window that leaves less than the function's timeout: there the messages reappear on AWS, too.
        (now, receiving) = (Start, null);
        keptHidden.Clear();
        var narrow = Begin(Mapping(batchSize: 100, window: TimeSpan.FromSeconds(28)));
        Receive(narrow, "a");
        MoveTo(narrow, Start.AddSeconds(28));
        Receive(narrow);
        MoveTo(narrow, Start.AddMinutes(5));
        Assert.Empty(keptHidden);
    }

    [Fact]
    public void A_batch_that_has_ended_is_hidden_no_longer()
    {
        var state = Begin(Mapping());
        Receive(state, "a");
        state.Ended(invoked[0], backOff: true, now);

        MoveTo(state, Start.AddMinutes(1));

        Assert.Empty(keptHidden);
        Assert.Null(state.NextDue);
    }

    [Fact]
    public void A_queue_that_can_not_be_read_is_read_again_after_1_2_4_up_to_60_seconds()
    {
        var state = Begin(Mapping());
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            receiving = null;
            state.ReceiveFailed(now);
            Perform(state);
            Assert.Null(receiving);
            pauses.Add((state.NextDue!.Value - now).TotalSeconds);
            MoveTo(state, state.NextDue!.Value);
            Assert.NotNull(receiving);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
    }

    [Fact]
    public void A_stop_hands_back_what_no_invocation_has_seen_and_waits_for_the_others()
    {
        var state = Begin(Mapping(batchSize: 1));
        Receive(state, "runs");
        Receive(state, "throttled");
        Refuse(state, isMachineFull: false, invoked[1]);
        state.Stop();
        Perform(state);
        Assert.Equal(["throttled"], handedBack);

        Receive(state, "late");
        Assert.Equal(["throttled", "late"], handedBack);
        Assert.Equal(0, stops);
        state.Ended(invoked[0], backOff: false, now);
        Perform(state);

        Assert.Equal((1, 0), (stops, state.UnderWay));
        Assert.Null(state.NextDue);
    }

    [Fact]
    public void Whatever_happens_every_message_ends_once_and_no_more_batches_run_than_may()
    {
        foreach (var seed in Seeds.UpTo(200))
        {
            try
            {
                new MappingStateTests().Simulate(new Random(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"With ISOBAR_SEED={seed}: {e.Message}", e);
            }
        }
    }

    private void Simulate(Random random)
    {
        var mapping = Mapping(
            batchSize: random.Next(1, 20), window: TimeSpan.FromSeconds(random.Next(0, 3) * 7),
            maximumConcurrency: random.Next(2, 9));
        var state = Begin(mapping);
        var (sent, settled, running) = (0, new List<string>(), new List<Batch>());
        for (var step = 0; step < 300; step++)
        {
            if (step == 250) state.Stop();
            Perform(state);
            switch (random.Next(5))
            {
                case 0 when receiving is { } maximum:
                    Receive(state, [.. Enumerable.Range(0, random.Next(1, maximum + 1)).Select(_ => $"m{sent++}")]);
                    break;
                case 0 when isReceiveEnding:
                    Receive(state, [.. Enumerable.Range(0, random.Next(2)).Select(_ => $"m{sent++}")]);
                    break;
                case 1 when running.Count > 0:
                    settled.AddRange(End(state, running, random));
                    break;
                case 2 when running.Count > 0:
                    var refused = Take(running, random);
                    if (Refuse(state, random.Next(2) == 0, refused) is null && step < 250)
                        settled.AddRange(Ids(refused));
                    break;
                case 3 when receiving is not null:
                    receiving = null;
                    state.ReceiveFailed(now);
                    break;
                default:
                    MoveTo(state, now.AddMilliseconds(random.Next(1, 5_000)));
                    break;
            }

            Perform(state);
            running.AddRange(invoked);
            invoked.Clear();
            Assert.InRange(running.Count, 0, mapping.Concurrency);
        }

        while (running.Count > 0) settled.AddRange(End(state, running, random));
        if (receiving is not null || isReceiveEnding) Receive(state);
        Assert.Equal(1, stops);
        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"m{i}").Order(), settled.Concat(handedBack).Order());
    }

    private string[] End(MappingState state, List<Batch> running, Random random)
    {
        var ended = Take(running, random);
        state.Ended(ended, random.Next(3) == 0, now);
        Perform(state);
        return Ids(ended);
    }

    private static Batch Take(List<Batch> running, Random random)
    {
        var index = random.Next(running.Count);
        var taken = running[index];
        running.RemoveAt(index);
        return taken;
    }

    private static QueueMapping Mapping(
        int batchSize = 10, TimeSpan window = default, int? maximumConcurrency = null) => new(
        "uuid", QueueInHand.Queue,
        new ResolvedFunction("f", "arn:aws:lambda:us-east-1:000000000000:function:f", null), batchSize,
        window, maximumConcurrency, false, true, Start);

    private static string[] Ids(Batch batch) => [.. batch.Messages.Select(message => message.Id)];

    private MappingState Begin(QueueMapping mapping)
    {
        var state = new MappingState(mapping);
        state.Start(now);
        Perform(state);
        return state;
    }

    private void Receive(MappingState state, params string[] ids)
    {
        (receiving, isReceiveEnding) = (null, false);
        state.Received([.. ids.Select(id => new SourceRecord(id, $"handle of {id}", new byte[10]))], now);
        Perform(state);
    }

    private void ReceiveGroups(MappingState state, params (string Id, string Group)[] messages)
    {
        (receiving, isReceiveEnding) = (null, false);
        state.Received([.. messages.Select(message =>
            new SourceRecord(message.Id, $"handle of {message.Id}", new byte[10]) { Group = message.Group })], now);
        Perform(state);
    }

    private DateTimeOffset? Refuse(MappingState state, bool isMachineFull, Batch? batch = null)
    {
        var next = state.Refused(batch ?? invoked[^1], isMachineFull, Timeout, now);
        Perform(state);
        return next;
    }

    // What a monitor does: time passes, and whatever is due happens.
    private void MoveTo(MappingState state, DateTimeOffset instant)
    {
        while (state.NextDue is { } due && due <= instant)
        {
            now = due > now ? due : now;
            state.OnDue(now);
            Perform(state);
        }

        now = instant;
    }

    private void Perform(MappingState state)
    {
        while (state.Effects.Take() is { Count: > 0 } effects)
        {
            foreach (var effect in effects) Perform(state, effect);
        }
    }

    private void Perform(MappingState state, MappingEffect effect)
    {
        switch (effect)
        {
            case BeginReceive begin:
                Assert.Null(receiving);
                receiving = begin.Maximum;
                break;
            case EndReceive:
                (receiving, isReceiveEnding) = (null, true);
                break;
            case RunBatch run:
                state.Invoking(run.Batch, Timeout, visibility, now);
                invoked.Add(run.Batch);
                break;
            case HandBack back:
                handedBack.AddRange(back.Messages.Select(message => message.Id));
                break;
            case KeepHidden hidden:
                keptHidden.Add((hidden.Batch, hidden.Time));
                break;
            case ReportStopped:
                stops++;
                break;
        }
    }
}
