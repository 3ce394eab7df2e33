using System.Threading.Channels;
using Isobar.Local.Ownership;

namespace Isobar.Local.History;

/// <summary>One fact, with its place in the journal.</summary>
/// <param name="Sequence">Counts up from 1 without gaps.</param>
/// <param name="Time">Service time.</param>
internal readonly record struct JournalEntry(long Sequence, DateTimeOffset Time, IFact Fact);

/// <summary>
/// Counts facts. It is called inside the journal's own message, so it only adds up: it never waits, throws or records.
/// </summary>
internal interface IFactCounter
{
    /// <param name="now">The fact's service time.</param>
    void Take(IFact fact, DateTimeOffset now);
}

/// <summary>A ring of the newest facts, with subscribers that may lag and are then told how much they missed.</summary>
internal sealed class Journal(ServiceClock clock, int capacity = Journal.DefaultCapacity)
{
    /// <summary>Facts kept. A warm invocation leaves about five, so this is some ten seconds of full load.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly Monitor<Ring> monitor = new("journal", new Ring(capacity), clock);

    /// <summary>The sequence number of the newest fact; zero before any.</summary>
    public long LastSequence => monitor.Ask((ring, _) => ring.Last);

    /// <summary>Adds a fact. This monitor uses no other, so it may be used from inside a message of another.</summary>
    public void Record(IFact fact) => monitor.Post((ring, now) => ring.Add(fact, now));

    /// <summary>Lets a counter see each fact from now on, as it is recorded: no fact is missed.</summary>
    public void Attach(IFactCounter counter) => monitor.Post((ring, _) => ring.Attach(counter));

    /// <summary>
    /// Counts something that is no fact, between two facts. Like <see cref="Record"/> it may be used from inside a
    /// message of another monitor; the same rules hold for it as for a counter.
    /// </summary>
    public void Count(Action<DateTimeOffset> count) => monitor.Post((_, now) => count(now));

    /// <summary>Reads what an attached counter has, between two facts.</summary>
    public T Ask<T>(Func<T> read) => monitor.Ask((_, _) => read());

    /// <summary>The facts still in the ring that come after a sequence number, in order.</summary>
    public IReadOnlyList<JournalEntry> After(long sequence) => monitor.Ask((ring, _) => ring.After(sequence));

    /// <summary>Follows the journal from just after <paramref name="sequence"/>.</summary>
    /// <param name="buffer">Facts held for a reader that lags, at most; older ones are dropped and counted.</param>
    public Subscription Subscribe(long sequence = 0, int buffer = 10_000)
    {
        var subscription = new Subscription(this, buffer);
        monitor.Post((ring, _) => ring.Join(subscription, sequence));
        return subscription;
    }

    /// <summary>The earliest fact after <paramref name="sequence"/> that satisfies the condition.</summary>
    /// <exception cref="TimeoutException">None came within <paramref name="bound"/> of real time; the message shows the
    /// newest facts.</exception>
    public async Task<TFact> WaitForAsync<TFact>(
        Func<TFact, bool> condition, TimeSpan bound, long sequence = 0, CancellationToken cancellationToken = default)
        where TFact : class
    {
        using var subscription = Subscribe(sequence, capacity);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(bound);
        try
        {
            await foreach (var entry in subscription.ReadAllAsync(limit.Token))
                if (entry.Fact is TFact fact && condition(fact)) return fact;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"No {typeof(TFact).Name} as wanted within {bound}. The newest facts:\n" + Tail(60));
    }

    /// <summary>The newest facts as text, for a failure message.</summary>
    public string Tail(int count) => string.Join('\n',
        After(LastSequence - count).Select(entry => $"{entry.Sequence} {entry.Time:HH:mm:ss.fff} {entry.Fact}"));

    private sealed class Ring(int capacity)
    {
        private readonly JournalEntry[] entries = new JournalEntry[capacity];
        private readonly List<Subscription> subscriptions = [];
        private readonly List<IFactCounter> counters = [];

        public long Last { get; private set; }

        public void Add(IFact fact, DateTimeOffset now)
        {
            var entry = new JournalEntry(++Last, now, fact);
            entries[entry.Sequence % capacity] = entry;
            foreach (var subscription in subscriptions) subscription.Offer(entry);
            foreach (var counter in counters) counter.Take(fact, now);
        }

        public void Attach(IFactCounter counter) => counters.Add(counter);

        public List<JournalEntry> After(long sequence)
        {
            var newer = new List<JournalEntry>();
            for (var next = Math.Max(Math.Max(sequence, 0), Last - capacity) + 1; next <= Last; next++)
                newer.Add(entries[next % capacity]);
            return newer;
        }

        public void Join(Subscription subscription, long sequence)
        {
            foreach (var entry in After(sequence)) subscription.Offer(entry);
            subscriptions.Add(subscription);
        }

        public void Leave(Subscription subscription) => subscriptions.Remove(subscription);
    }

    /// <summary>One reader's bounded view.</summary>
    internal sealed class Subscription : IDisposable
    {
        private readonly Journal journal;
        private readonly Channel<JournalEntry> channel;
        private long missed;

        internal Subscription(Journal journal, int buffer)
        {
            this.journal = journal;
            channel = Channel.CreateBounded<JournalEntry>(
                new BoundedChannelOptions(buffer) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true },
                _ => Interlocked.Increment(ref missed));
        }

        /// <summary>Facts that were dropped because this reader lagged.</summary>
        public long Missed => Interlocked.Read(ref missed);

        public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) =>
            channel.Reader.ReadAllAsync(cancellationToken);

        public void Dispose()
        {
            journal.monitor.Post((ring, _) => ring.Leave(this));
            channel.Writer.TryComplete();
        }

        internal void Offer(JournalEntry entry) => channel.Writer.TryWrite(entry);
    }
}
