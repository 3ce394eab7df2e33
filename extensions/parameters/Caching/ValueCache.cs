namespace Isobar.Parameters.Caching;

/// <summary>What a caller gets.</summary>
/// <param name="Age">How long ago the source said it.</param>
/// <param name="Stale">How far it is past its time to live; zero or less if it is fresh.</param>
internal sealed record GivenAnswer(SourceAnswer Answer, TimeSpan Age, TimeSpan Stale);

/// <summary>
/// Gives values from memory while they are fresh, and asks the source otherwise, once for all callers that wait for the
/// same value. While the source is away, the value that was fresh last is given, for a bounded time.
/// </summary>
/// <param name="clock">
/// Its calendar time: a frozen environment's stopwatch may stand still, and values age meanwhile.
/// </param>
internal sealed class ValueCache(ISource source, CacheSettings settings, TimeProvider clock, Log log)
{
    private readonly CachedAnswers answers = new(settings.MaxItems, CacheSettings.MaxBytes);
    private readonly Dictionary<Wanted, Flight> flights = [];
    private readonly HashSet<Store> away = [];
    private readonly Lock gate = new();

    /// <exception cref="RefusedException">The source refuses.</exception>
    /// <exception cref="AwayException">The source is away, and there is nothing to give instead.</exception>
    public async Task<GivenAnswer> GetAsync(Wanted wanted)
    {
        var ttl = settings.TtlOf(wanted.Store);
        Flight flight;
        CachedAnswer? held;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            held = answers.Find(wanted);
            if (held is not null && !IsUsable(held, ttl + settings.StaleFor, now)) held = null;
            if (held is not null && (IsUsable(held, ttl, now) || now < held.AskAgain)) return Given(held, ttl, now);
            flight = FlightTo(wanted, now);
        }

        return await FromFlightAsync(flight, held, ttl);
    }

    // An age below zero: the clock was set back, and nobody knows how old the value is.
    private static bool IsUsable(CachedAnswer held, TimeSpan limit, DateTimeOffset now) =>
        now - held.Fetched is var age && age >= TimeSpan.Zero && age < limit;

    private static GivenAnswer Given(CachedAnswer held, TimeSpan ttl, DateTimeOffset now) =>
        new(held.Answer, now - held.Fetched, now - held.Fetched - ttl);

    private async Task<GivenAnswer> FromFlightAsync(Flight flight, CachedAnswer? held, TimeSpan ttl)
    {
        try
        {
            if (held is null) return await flight.Answer;
            var left = flight.Begun + CacheSettings.Patience - clock.GetUtcNow();
            return await flight.Answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        }
        catch (Exception absent) when (held is not null && absent is AwayException or TimeoutException)
        {
            TellAway(held!.Wanted, absent is TimeoutException ? "no answer yet" : absent.Message);
            return Given(held, ttl, clock.GetUtcNow());
        }
    }

    private Flight FlightTo(Wanted wanted, DateTimeOffset now)
    {
        if (flights.TryGetValue(wanted, out var begun)) return begun;
        var flight = new Flight(now);
        flights.Add(wanted, flight);
        // Away from this thread, which holds the lock.
        flight.Answer = Task.Run(() => FetchAsync(wanted));
        return flight;
    }

    private async Task<GivenAnswer> FetchAsync(Wanted wanted)
    {
        try
        {
            var answer = await source.FetchAsync(wanted);
            Land(wanted, now =>
            {
                if (settings.TtlOf(wanted.Store) > TimeSpan.Zero) answers.Put(wanted, answer, now);
            });
            TellBack(wanted.Store);
            return new GivenAnswer(answer, TimeSpan.Zero, TimeSpan.Zero);
        }
        catch (RefusedException)
        {
            Land(wanted, _ => answers.Remove(wanted));
            TellBack(wanted.Store);
            throw;
        }
        catch (AwayException)
        {
            Land(wanted, now =>
            {
                if (answers.Find(wanted) is { } held) held.AskAgain = now + CacheSettings.Pause;
            });
            throw;
        }
    }

    private void Land(Wanted wanted, Action<DateTimeOffset> change)
    {
        lock (gate)
        {
            flights.Remove(wanted);
            change(clock.GetUtcNow());
        }
    }

    private void TellAway(Wanted wanted, string reason)
    {
        lock (gate)
        {
            if (!away.Add(wanted.Store)) return;
        }

        log.Warn($"{NameOf(wanted.Store)} does not answer ({reason}): stale values are given for at most "
            + $"{settings.StaleFor.TotalSeconds:0} s past their time to live, {wanted.Name} first");
    }

    private void TellBack(Store store)
    {
        lock (gate)
        {
            if (!away.Remove(store)) return;
        }

        log.Warn($"{NameOf(store)} answers again");
    }

    private static string NameOf(Store store) => store == Store.Parameters ? "Parameter Store" : "Secrets Manager";

    /// <summary>One question to the source, for whoever waits for its answer.</summary>
    private sealed class Flight(DateTimeOffset begun)
    {
        public DateTimeOffset Begun { get; } = begun;

        public Task<GivenAnswer> Answer { get; set; } = null!;
    }
}
