using System.Collections.Immutable;
using System.Threading.Channels;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// Hands log lines to those who follow them. Each reader has a bounded buffer of lines of its own, so that no other
/// facts push lines out; one that lags is told how many it missed.
/// </summary>
/// <param name="clock">Service time, which every line gets when it is written: later the clock may have jumped.</param>
internal sealed class LogFeed(TimeProvider clock) : ILogSink
{
    /// <summary>Lines held for a reader, unless it asks for another number.</summary>
    public const int DefaultBuffer = 50_000;

    private ImmutableArray<Reader> readers = [];

    public void Write(LogLine line)
    {
        var followed = readers;
        if (followed.IsEmpty) return;
        var timed = line with { ServiceTime = clock.GetUtcNow() };
        foreach (var reader in followed) reader.Offer(timed);
    }

    /// <summary>Follows the lines that are written from now on.</summary>
    /// <param name="buffer">Lines held while the reader lags, at least 1; then the oldest are dropped and counted.
    /// </param>
    public Reader Follow(int buffer = DefaultBuffer)
    {
        var reader = new Reader(this, buffer);
        ImmutableInterlocked.Update(ref readers, static (all, one) => all.Add(one), reader);
        return reader;
    }

    /// <summary>One reader's bounded view.</summary>
    internal sealed class Reader : IDisposable
    {
        private readonly LogFeed feed;
        private readonly Channel<LogLine> channel;
        private long missed;

        internal Reader(LogFeed feed, int buffer)
        {
            this.feed = feed;
            channel = Channel.CreateBounded<LogLine>(
                new BoundedChannelOptions(buffer) { FullMode = BoundedChannelFullMode.DropOldest },
                _ => Interlocked.Increment(ref missed));
        }

        /// <summary>Lines that were dropped because this reader lagged.</summary>
        public long Missed => Interlocked.Read(ref missed);

        public IAsyncEnumerable<LogLine> ReadAllAsync(CancellationToken cancellationToken) =>
            channel.Reader.ReadAllAsync(cancellationToken);

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref feed.readers, static (all, one) => all.Remove(one), this);
            channel.Writer.TryComplete();
        }

        internal void Offer(LogLine line) => channel.Writer.TryWrite(line);
    }
}
