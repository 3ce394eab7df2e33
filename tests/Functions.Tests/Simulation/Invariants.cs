using Isobar.Domain;
using Isobar.Functions.Tests.Domain;
using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>What holds at every instant of a run, and what holds at its end.</summary>
internal sealed class Invariants(IReadOnlyList<LandedFile> files, JobsTableOnPortZero table, DataBucket data)
{
    private readonly JobRecord[] records = [.. files.Select(_ => JobRecord.From([]))];
    private bool isChanged;

    /// <summary>The next step may write to the jobs table.</summary>
    public void ExpectChange() => isChanged = true;

    public async Task CheckStepAsync()
    {
        // The table is read again when a step wrote to it; the bucket is looked at each time.
        for (var index = 0; index < files.Count; index++)
        {
            if (isChanged) records[index] = await table.ReadAsync(files[index].Job);
            CheckRecord(files[index], records[index]);
        }

        isChanged = false;
        foreach (var (key, bytes) in data.TakePuts())
            Assert.True(Expected(key).SequenceEqual(bytes), $"{key} holds other bytes than undisturbed.");
    }

    /// <summary>The chunks that are recorded as failed, to be sent again.</summary>
    public IEnumerable<ChunkMessage> FailedChunks() =>
        from index in Enumerable.Range(0, files.Count)
        from chunk in files[index].Plan.Chunks
        where records[index].Chunks.GetValueOrDefault(chunk.Start) is { IsDone: false }
        select files[index].Message(chunk);

    /// <param name="isComplete">Whether every failed chunk was given a last, undisturbed attempt.</param>
    /// <returns>How it ended.</returns>
    public async Task<string> CheckEndAsync(bool isComplete)
    {
        var states = new List<JobState>();
        for (var index = 0; index < files.Count; index++)
        {
            var (file, record) = (files[index], records[index]);
            Assert.Equal(record.Total, record.Done + record.Failed);
            Assert.Equal((file.Plan.Chunks.Count, file.Plan.Refusal), ((int)record.Total, record.Refusal));
            Assert.Equal(file.Plan.Chunks.Select(chunk => chunk.Start), record.Chunks.Keys.Order());
            if (isComplete && !file.Content.IsBroken) Assert.Equal(0, record.Failed);
            if (isComplete && file.Content.IsBroken && record.Failed > 0)
                Assert.False(string.IsNullOrEmpty(record.Chunks[0].Reason));
            if (file.Plan.Refusal is null) await CheckRowsAsync(file, record);
            states.Add(JobStates.Of((int)record.Total, (int)record.Done, (int)record.Failed, record.Refusal));
        }

        Assert.DoesNotContain(JobState.Running, states);
        return $"ended {string.Join(' ', states.Distinct().Order())}";
    }

    private void CheckRecord(LandedFile file, JobRecord record)
    {
        var done = record.Chunks.Where(chunk => chunk.Value.IsDone).ToList();
        Assert.True(record.Counts.Balance(record.Rows), $"The counts do not balance: {record}");
        Assert.Equal(done.Count, record.Done);
        Assert.Equal(record.Chunks.Count - done.Count, record.Failed);
        Assert.True(record.Done + record.Failed <= record.Total, $"More chunks than there are: {record}");
        Assert.Equal(done.Sum(chunk => chunk.Value.Counts!.Rows), record.Rows);
        Assert.Equal(JobCounts.Of(done.Select(chunk => chunk.Value.Counts!)), record.Counts);
        Assert.Equal(record.Total - record.Done, record.Remaining);
        Assert.Equal(
            done.SelectMany(chunk => ShardsOf(chunk.Value.Shards)).Distinct().Order(), ShardsOf(record.Shards));
        Assert.All(record.Chunks.Values, chunk => Assert.Equal(chunk.IsDone, chunk.Reason is null));
        foreach (var (start, chunk) in done)
        {
            var expected = file.Chunks[start];
            Assert.Equal(expected.Counts, chunk.Counts);
            Assert.Equal(
                expected.Objects.Keys.Where(key => key.StartsWith("partials/", StringComparison.Ordinal)).Order(),
                ShardsOf(chunk.Shards).Select(shard => ObjectKeys.Partial(file.Job, start, shard)).Order());
            foreach (var key in expected.Objects.Keys)
                Assert.True(data.Objects.ContainsKey(key), $"{key} is missing, but its chunk is done.");
        }
    }

    private static IEnumerable<int> ShardsOf(string shards) =>
        shards.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    private byte[] Expected(string key) =>
        files.SelectMany(file => file.Chunks.Values)
            .Select(chunk => chunk.Objects.GetValueOrDefault(key))
            .SingleOrDefault(bytes => bytes is not null)
        ?? throw new InvalidOperationException($"{key} is put, but not when nothing disturbs.");

    /// <summary>Each row of the done chunks is in one place once, and nothing else is anywhere.</summary>
    private async Task CheckRowsAsync(LandedFile file, JobRecord record)
    {
        var chunks = file.Plan.Chunks.Where(chunk => record.Chunks[chunk.Start].IsDone).ToList();
        // A row behind a byte order mark begins with it.
        var rows = file.Content.Rows.Where(row => file.Content.IsGzip ? chunks.Count > 0 : chunks.Exists(chunk =>
            chunk.Start <= (row.Line == 1 ? 0 : row.Offset) && (row.Line == 1 ? 0 : row.Offset) < chunk.End)).ToList();

        Assert.Equal(rows.Count, record.Rows);
        Assert.Equal(rows.Count(row => row.Outcome == "missing"), record.Counts.Missing);
        Assert.Equal(
            rows.Where(row => row.Outcome == "accepted").Select(row => row.Fields[0] + row.Fields[1] + row.Fields[2]),
            chunks.SelectMany(chunk => StoredRows.Curated(data, file.Job, chunk.Start)));
        Assert.Equal(
            rows.Where(row => row.Outcome is not ("accepted" or "missing")).Select(row => row.Offset),
            chunks.SelectMany(chunk => StoredRows.Quarantined(data, file.Job, chunk.Start)));
        if (chunks.Count > 0 && chunks.Count == file.Plan.Chunks.Count)
            Assert.Equal(await StoredRows.WholeAsync(file), await StoredRows.MergedAsync(data, file.Job));
    }
}
