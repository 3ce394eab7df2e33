using System.IO.Compression;
using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>Measures allocations of the whole process, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(AloneInTheProcess))]
public sealed class MemoryBounds
{
    private static readonly byte[] Rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(
        row => $"XIW00000001,201401{row % 31 + 1:D2},{(row % 2 == 0 ? "TMAX" : "PRCP")},{row},,,W,0700\n")));

    private static readonly byte[] BadRows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(
        row => row % 2 == 0 ? "XIW00000001,20140230,TMAX,1,,,W,0700\n" : "XIW00000001,20140201,TMAX,1,,G,W,0700\n")));

    [Fact]
    public void An_accepted_row_allocates_nothing() => AssertNoAllocationARow(Rows);

    [Fact]
    public void A_quarantined_row_allocates_nothing() => AssertNoAllocationARow(BadRows);

    [Fact]
    public async Task A_line_of_100_MB_needs_no_memory_of_its_size()
    {
        const long length = 100_000_000;
        using var line = new RepeatedStream(Enumerable.Repeat((byte)'x', 4096).ToArray(), length);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var reading = await Reading.OfAsync(line, ChunkRange.Everything);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(new ChunkCounts(1, 1, 0, 0, 0, 1), reading.Result.Counts);
        Assert.True(allocated < 8_000_000, $"Allocated {allocated} bytes.");
    }

    [Fact]
    public async Task The_first_range_of_an_endless_line_is_read_no_further_than_its_end()
    {
        const long end = 1_000_000;
        using var line = new RepeatedStream(Enumerable.Repeat((byte)'x', 4096).ToArray(), 100_000_000);
        var reading = await Reading.OfAsync(line, new ChunkRange(0, end, 100_000_000));
        Assert.Equal(1, reading.Result.Counts.Malformed);
        Assert.True(line.Given < end + 100_000, $"Read {line.Given} bytes.");
    }

    [Fact]
    public async Task A_hundred_megabytes_of_rows_need_as_much_memory_as_ten()
    {
        var small = await AllocatedAsync(10_000_000);
        var large = await AllocatedAsync(100_000_000);
        Assert.True(large < small + 2_000_000, $"{small} bytes for 10 MB, {large} bytes for 100 MB.");
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_in_constant_memory()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[50_000_000], TestContext.Current.CancellationToken);
        bomb.Position = 0;

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using var stream = new VerifiedGzipStream(bomb, maxContentBytes: 40_000_000);
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(
            () => stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal("gzip:content", refusal.Reason);
        Assert.True(allocated < 5_000_000, $"Allocated {allocated} bytes.");
    }

    private static async Task<long> AllocatedAsync(long length)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var pipe = System.IO.Pipelines.PipeReader.Create(new RepeatedStream(Rows, length));
        await ChunkReader.ReadAsync(pipe, ChunkRange.Everything, Stream.Null, Stream.Null,
            TestContext.Current.CancellationToken);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void AssertNoAllocationARow(byte[] rows)
    {
        using var outputs = new ChunkOutputs(Stream.Null, Stream.Null);
        var sink = new RowSink(outputs);
        var splitter = new LineSplitter(ChunkRange.Everything);
        Push(1);
        var few = Push(10);
        var many = Push(100);

        // Blocks of output are handed on asynchronously, which in a debug build costs an object each; a row nothing.
        Assert.True(many - few < 45_000, $"{few} bytes for 10,000 rows, {many} bytes for 100,000.");

        long Push(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var time = 0; time < times; time++)
            {
                splitter.Push(rows, sink);
                outputs.WriteBlocksAsync(CancellationToken.None).GetAwaiter().GetResult();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
