using Isobar.Domain;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Summarize;

/// <summary>
/// Merges the partials of a job's chunks, a shard at a time, and keeps what it has merged while readers see it.
/// </summary>
/// <param name="filesAtATime">Files of partials read at the same time.</param>
public sealed class ShardFiles(IMonthFiles files, JobReader jobs, int filesAtATime = 4)
{
    /// <summary>The months of a shard, merged from all chunks of the job, and written as one object.</summary>
    /// <exception cref="FileNotFoundException">A chunk's partials are not there (any more).</exception>
    /// <exception cref="InputRefusedException">The shard has more months than a table holds.</exception>
    public async Task<MonthTable> MergeAsync(string job, int shard, CancellationToken cancellationToken)
    {
        var table = new MonthTable();
        foreach (var group in (await jobs.PartialsAsync(job, shard, cancellationToken)).Chunk(filesAtATime))
            await Task.WhenAll(group.Select(chunk => AddChunkAsync(chunk.Start, chunk.IsCertain)));

        await using var merged = TempFile.Create();
        await PartialsFile.WriteAsync(merged, table, shard, cancellationToken);
        await files.PutAsync(ObjectKeys.Months(job, shard), merged, cancellationToken);
        return table;

        async Task AddChunkAsync(long start, bool isCertain)
        {
            var key = ObjectKeys.Partial(job, start, shard);
            if (!await AddAsync(key, table, cancellationToken) && isCertain)
                throw new FileNotFoundException($"The partials {key} do not exist.");
        }
    }

    /// <summary>The months that <see cref="MergeAsync"/> wrote; null if it has not.</summary>
    public async Task<MonthTable?> ReadAsync(string job, int shard, CancellationToken cancellationToken)
    {
        var table = new MonthTable();
        return await AddAsync(ObjectKeys.Months(job, shard), table, cancellationToken) ? table : null;
    }

    /// <summary>Deletes what <see cref="MergeAsync"/> wrote.</summary>
    public Task DeleteAsync(string job, int shard, CancellationToken cancellationToken) =>
        files.DeleteAsync(ObjectKeys.Months(job, shard), cancellationToken);

    private async Task<bool> AddAsync(string key, MonthTable table, CancellationToken cancellationToken)
    {
        await using var content = await files.OpenAsync(key, cancellationToken);
        if (content is null) return false;
        await PartialsFile.MergeAsync(content, table, cancellationToken);
        return true;
    }
}
