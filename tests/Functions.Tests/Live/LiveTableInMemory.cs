using Isobar.Live;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Live;

/// <summary>A table that notes what it is given, and fails where a test says so.</summary>
internal sealed class LiveTableInMemory : ILiveTable
{
    private readonly Lock writing = new();
    private readonly List<Reading> latest = [];
    private readonly List<(StationSums Sums, DateTimeOffset Start, DateTimeOffset End, string Part)> windows = [];

    public IReadOnlyList<Reading> Latest => latest;

    public IReadOnlyList<(StationSums Sums, DateTimeOffset Start, DateTimeOffset End, string Part)> Windows => windows;

    public Func<Reading, bool> Fails { get; set; } = _ => false;

    public Task PutLatestAsync(Reading reading, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Fails(reading)) throw new IOException("throttled");
        lock (writing) latest.Add(reading);
        return Task.CompletedTask;
    }

    public Task PutWindowAsync(
        StationSums sums, DateTimeOffset start, DateTimeOffset end, string part, CancellationToken cancellationToken)
    {
        lock (writing) windows.Add((sums, start, end, part));
        return Task.CompletedTask;
    }
}
