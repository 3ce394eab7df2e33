using Isobar.Summarize;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Summarize;

public sealed class ShardFilesTests
{
    [Fact]
    public async Task Four_files_of_partials_are_read_at_a_time()
    {
        await using var world = await SummariesWorld.StartAsync();
        var rows = string.Concat(Enumerable.Range(1, 9).Select(day => $"XIW00000001,2014010{day},TMAX,{day},,,W\n"));
        var job = await world.FinishAsync(Version("a.csv", 1), rows, chunkBytes: rows.Length / 9);
        var files = new HeldFiles(world);

        var merge = new ShardFiles(files, world.Jobs.Reader()).MergeAsync(job.Id, Assert.Single(job.Shards), default);
        foreach (var count in (int[])[4, 4, 1]) await files.AnswerAsync(count);

        var month = Assert.Single((await merge).InShard(job.Shards[0]));
        Assert.Equal((45, 9), (month.TmaxSum, month.Elements["TMAX"]));
    }

    /// <summary>Opens no file before it is told to.</summary>
    private sealed class HeldFiles(IMonthFiles files) : IMonthFiles
    {
        private readonly SemaphoreSlim asked = new(0), answered = new(0);
        private int open;

        public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref open);
            asked.Release();
            await answered.WaitAsync(cancellationToken);
            return await files.OpenAsync(key, cancellationToken);
        }

        public Task PutAsync(string key, Stream content, CancellationToken cancellationToken) =>
            files.PutAsync(key, content, cancellationToken);

        /// <summary>Waits until as many are asked for, and none more, and opens them.</summary>
        public async Task AnswerAsync(int count)
        {
            for (var each = 0; each < count; each++)
                Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30)), $"{each} were asked for, not {count}");
            Assert.Equal(count, Interlocked.Exchange(ref open, 0));
            answered.Release(count);
        }
    }
}
