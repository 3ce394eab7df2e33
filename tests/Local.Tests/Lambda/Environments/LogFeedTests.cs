using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.Environments;

public sealed class LogFeedTests
{
    private readonly LogFeed feed = new(TimeProvider.System);

    [Fact]
    public async Task A_reader_that_lags_keeps_the_newest_lines_and_is_told_how_many_it_missed()
    {
        using var slow = feed.Follow(buffer: 3);
        using var other = feed.Follow();
        for (var number = 1; number <= 5; number++) Write($"{number}");
        Assert.Equal(2, slow.Missed);
        Assert.Equal(["3", "4", "5"], await ReadAsync(slow, 3));
        Assert.Equal(0, other.Missed);
        Assert.Equal(["1", "2", "3", "4", "5"], await ReadAsync(other, 5));
    }

    [Fact]
    public async Task A_reader_gets_what_is_written_after_it_came_and_nothing_after_it_left()
    {
        Write("before");
        var reader = feed.Follow();
        Write("meanwhile");
        reader.Dispose();
        Write("after");
        Assert.Equal(["meanwhile"], await ReadAsync(reader, int.MaxValue));
    }

    private void Write(string text) => feed.Write(new LogLine(
        LifecycleSamples.At, "probe", "/aws/lambda/probe", "stream", "environment", null, false, null, text));

    private static async Task<IReadOnlyList<string>> ReadAsync(LogFeed.Reader reader, int count)
    {
        var lines = new List<string>();
        await foreach (var line in reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(line.Text);
            if (lines.Count == count) break;
        }

        return lines;
    }
}
