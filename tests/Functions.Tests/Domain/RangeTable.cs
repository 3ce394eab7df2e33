using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class RangeTable
{
    private const string A = "XIW00000001,20140101,TMAX,1,,,W\n";
    private const string B = "XIW00000002,20140101,TMAX,2,,,W\n";

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 32, 1)]
    [InlineData(0, 33, 2)]
    [InlineData(1, 32, 0)]
    [InlineData(31, 32, 0)]
    [InlineData(32, 33, 1)]
    [InlineData(33, 64, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(64, 64, 0)]
    public async Task A_range_owns_the_rows_whose_first_byte_lies_in_it(long start, long end, long rows)
    {
        var reading = await Reading.OfAsync(Encoding.ASCII.GetBytes(A + B), start, end);
        Assert.Equal(rows, reading.Result.Counts.Rows);
        Assert.Equal(rows, reading.Result.Counts.Accepted);
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("\n", 1, 0)]
    [InlineData("\r\n\n\r\n", 3, 0)]
    [InlineData("\uFEFF", 1, 0)]
    [InlineData("\uFEFF\n", 1, 0)]
    [InlineData("ID", 1, 0)]
    [InlineData("ID,DATE\r\n", 1, 0)]
    [InlineData("\uFEFFID,DATE\n" + A, 2, 1)]
    [InlineData("\uFEFF" + A, 1, 1)]
    [InlineData("\n" + A, 2, 1)]
    [InlineData(A + "\r\n" + B, 3, 2)]
    public async Task Header_byte_order_mark_and_blank_lines_are_no_rows(string text, long lines, long accepted)
    {
        var file = Encoding.UTF8.GetBytes(text);
        var counts = (await Reading.OfAsync(file, 0, file.Length)).Result.Counts;
        Assert.Equal(new ChunkCounts(lines, accepted, accepted, 0, 0, 0), counts);
    }

    [Theory]
    [InlineData("\nID,DATE\n", "row:header", 1, 2)]
    [InlineData(A + "ID,DATE\n", "row:header", 32, 2)]
    [InlineData(A + "\uFEFF" + B, "id:length", 32, 2)]
    [InlineData("\uFEFF\uFEFFID,DATE", "row:fields", 3, 1)]
    [InlineData("\r", "row:fields", 0, 1)]
    [InlineData("XIW00000001,20140101,TMAX,1,,,W\r\r\n", "s_flag:length", 0, 1)]
    [InlineData("ID,DATE\rXIW00000001,20140101,TMAX,1,,,W\r", "row:header", 0, 1)]
    [InlineData("\uFEFFID,DATE\r", "row:header", 3, 1)]
    [InlineData("ID,DATE\r\r\n", "row:header", 0, 1)]
    [InlineData("ID\rXIW00000001,20140101,TMAX,1,,,W\r\n", "id:length", 0, 1)]
    public async Task Out_of_place_they_are_malformed_rows(string text, string reason, long offset, long line)
    {
        var file = Encoding.UTF8.GetBytes(text);
        var reading = await Reading.OfAsync(file, 0, file.Length);
        var row = Assert.Single(Reading.Lines(reading.Quarantine));
        Assert.Equal(reason, row.GetProperty("reason").GetString());
        Assert.Equal(offset, row.GetProperty("offset").GetInt64());
        Assert.Equal(line, row.GetProperty("line").GetInt64());
    }

    [Theory]
    [InlineData(4096, "\n", "row:fields")]
    [InlineData(4096, "\r\n", "row:fields")]
    [InlineData(4096, "", "row:fields")]
    [InlineData(4097, "\n", "row:length")]
    [InlineData(4097, "\r\n", "row:length")]
    [InlineData(4097, "", "row:length")]
    [InlineData(4096, "\r", "row:length")]
    [InlineData(50_000, "\r\n", "row:length")]
    public async Task A_row_over_4096_bytes_is_malformed_and_its_beginning_kept(int length, string end, string reason)
    {
        var file = Encoding.ASCII.GetBytes(new string('x', length) + end);
        foreach (var block in new[] { 1, 100, 4096, 100_000 })
        {
            var row = Assert.Single(Reading.Lines((await Reading.OfAsync(file, 0, file.Length, block)).Quarantine));
            Assert.Equal(reason, row.GetProperty("reason").GetString());
            Assert.Equal(new string('x', Math.Min(length, 4096)), row.GetProperty("raw").GetString());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4_200)]
    public async Task A_file_whose_lines_end_in_CR_alone_is_one_malformed_row_in_one_of_its_ranges(int block)
    {
        var text = "ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME\r"
            + string.Concat(Enumerable.Repeat(A.Replace('\n', '\r'), 300));
        var readings = await Reading.OfAllAsync(Encoding.ASCII.GetBytes(text), [5_000], block);
        var row = Assert.Single(readings.SelectMany(reading => Reading.Lines(reading.Quarantine)));
        Assert.Equal("row:length", row.GetProperty("reason").GetString());
        Assert.Equal(text[..4_096], row.GetProperty("raw").GetString());
        Assert.Equal([1, 0], readings.Select(reading => reading.Result.Counts.Malformed));
    }

    [Theory]
    [InlineData(4096, 0)]
    [InlineData(4097, 1)]
    [InlineData(9_000, 1)]
    public async Task A_header_is_no_longer_than_a_row_may_be(int length, long malformed)
    {
        var file = Encoding.ASCII.GetBytes("ID,".PadRight(length, 'x') + "\n" + A);
        var counts = (await Reading.OfAsync(file, 0, file.Length)).Result.Counts;
        Assert.Equal(new ChunkCounts(2, 1 + malformed, 1, 0, 0, malformed), counts);
    }

    [Fact]
    public async Task Later_ranges_inside_an_overlong_row_own_no_row()
    {
        var file = Encoding.ASCII.GetBytes(A + new string('x', 50_000) + "\n" + B);
        var readings = await Reading.OfAllAsync(file, [10_000, 20_000, 50_000]);
        Assert.Equal([2, 0, 0, 1], readings.Select(reading => reading.Result.Counts.Rows));
        Assert.Equal([2, 0, 0, 1], readings.Select(reading => reading.Result.Counts.Lines));
    }

    [Fact]
    public void A_range_asks_storage_for_no_more_than_a_row_past_its_end()
    {
        var range = new ChunkRange(ChunkPlan.ChunkBytes, 2 * ChunkPlan.ChunkBytes, 10 * ChunkPlan.ChunkBytes);
        Assert.Equal(ChunkPlan.ChunkBytes - 1, range.ReadStart);
        Assert.Equal(2 * ChunkPlan.ChunkBytes + 4100, range.ReadEnd);
        Assert.Equal(range.End, (range with { ContentLength = range.End }).ReadEnd);
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_an_error_and_not_a_short_file()
    {
        var file = Encoding.ASCII.GetBytes(A + B);
        await Assert.ThrowsAsync<EndOfStreamException>(() =>
            Reading.OfAsync(new MemoryStream(file, 0, file.Length - 1), new ChunkRange(0, file.Length, file.Length)));
    }
}
