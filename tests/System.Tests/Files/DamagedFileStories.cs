namespace Isobar.Stories.Files;

/// <summary>Whatever lands: a job with its reason, or quarantined rows; never a crash, and the file is kept.</summary>
[Collection(OneStack.Name)]
[Targets(Target.Local, Target.LocalStack, Target.Aws)]
public sealed class DamagedFileStories(StackFixture stack)
{
    private const string Header = "ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME\n";
    private const string Row = "USW00094728,20140103,PRCP,74,,,W,2400";

    [Fact]
    public async Task An_empty_object_is_a_finished_job_without_chunks()
    {
        var job = await LandAsync("empty.csv", []);

        Assert.Equal(("finished", 0, 0L), (job.State, job.Total, job.Rows));
    }

    [Fact]
    public async Task Binary_garbage_is_quarantined_row_by_row()
    {
        var seed = Seeds.Next();
        var content = LandedContent.Garbage(seed, 300_000);

        var job = await LandAsync("garbage.csv", content);

        Assert.Equal("finished", job.State);
        Assert.Equal((job.Rows, 0L), (job.Malformed, job.Accepted));
        Assert.True(job.Rows > 500, $"seed {seed}: {job}");
        Assert.Equal(job.Malformed, await stack.Landings.QuarantineAsync(job).CountAsync());
    }

    /// <summary>Not on AWS, where five visibility timeouts are an hour.</summary>
    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task Gzips_that_end_early_are_incomplete_with_the_reason()
    {
        var whole = LandedContent.Gzip(LandedContent.Garbage(1, 1_000));
        (string Key, int Kept)[] cuts =
        [
            ("header.csv.gz", 5), ("data.csv.gz", 200), ("trailer.csv.gz", whole.Length - 3), ("first-two.csv.gz", 2),
        ];
        var landed = new List<LandedVersion>();
        foreach (var (key, kept) in cuts)
            landed.Add(await stack.Landings.PutAsync($"damaged/truncated/{key}", whole[..kept]));

        var jobs = await stack.SettleAsync(landed);

        foreach (var (job, cut) in jobs.Zip(cuts))
        {
            Assert.Equal((cut.Key, "incomplete", 0L), (cut.Key, job.State, job.Rows));
            job.AssertBalanced();
            Assert.Equal(["gzip:truncated"], await stack.Landings.FailuresAsync(job));
            await stack.Landings.AssertKeptAsync(job.Source, cut.Kept);
        }
    }

    [Fact]
    public async Task A_gzip_over_the_limit_is_refused_with_the_reason()
    {
        var job = await LandAsync("over.csv.gz", LandedContent.GzipOverTheLimit());

        Assert.Equal(("refused", "gzip:size", 0), (job.State, job.Refusal, job.Total));
    }

    [Fact]
    public async Task A_gzip_that_swells_a_thousandfold_is_read_to_its_end_in_the_memory_of_any_other()
    {
        var job = await LandAsync("bomb.csv.gz", LandedContent.GzipOfOneLine(1L << 30));

        Assert.Equal(("finished", 1L, 1L), (job.State, job.Rows, job.Malformed));
        Assert.Equal("row:length", (string?)(await stack.Landings.QuarantineAsync(job).SingleAsync())["reason"]);
    }

    [Fact]
    public async Task A_line_of_100_MB_is_one_malformed_row_and_its_neighbours_are_not_harmed()
    {
        const int Length = 100_000_000;
        var content = new byte[Length + 2 * (Row.Length + 1)];
        content.AsSpan().Fill((byte)'x');
        LandedContent.Text(Row + "\n").CopyTo(content, 0);
        LandedContent.Text("\n" + Row).CopyTo(content, content.Length - Row.Length - 1);

        var job = await LandAsync("long.csv", content);

        Assert.Equal(("finished", 3L, 2L, 1L), (job.State, job.Rows, job.Accepted, job.Malformed));
        var row = await stack.Landings.QuarantineAsync(job).SingleAsync();
        Assert.Equal(("row:length", Row.Length + 1L, 4096),
            ((string?)row["reason"], (long)row["offset"]!, ((string)row["raw"]!).Length));
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_header_count_at_the_beginning_only()
    {
        var job = await LandAsync("mark.csv", LandedContent.Text($"\uFEFF{Header}{Row}\n\uFEFF{Row}\n{Header}{Row}"));

        Assert.Equal(("finished", 4L, 2L, 2L), (job.State, job.Rows, job.Accepted, job.Malformed));
        var rows = await stack.Landings.QuarantineAsync(job).ToListAsync();
        Assert.Equal(["id:length", "row:header"], rows.Select(row => (string?)row["reason"]));
    }

    /// <summary>What lies across the cut between two chunks, how far before it that begins, and its rows.</summary>
    public static TheoryData<string, string, int, int, int> Cuts => new()
    {
        { "before-a-row", Row + "\n", 0, 1, 0 },
        { "within-a-row", Row + "\n", 10, 1, 0 },
        { "before-lf", Row + "\n", Row.Length, 1, 0 },
        { "before-cr", Row + "\r\n", Row.Length, 1, 0 },
        { "between-cr-and-lf", Row + "\r\n", Row.Length + 1, 1, 0 },
        { "after-crlf", Row + "\r\n", Row.Length + 2, 1, 0 },
        { "before-a-blank-line", "\n" + Row + "\n", 0, 1, 0 },
        { "before-a-header", Header, 0, 0, 1 },
        { "within-a-header", Header, 20, 0, 1 },
        { "before-a-mark", "\uFEFF" + Row + "\n", 0, 0, 1 },
        { "within-a-mark", "\uFEFF" + Row + "\n", 1, 0, 1 },
        { "within-a-long-row", new string('y', 5_000) + "\n", 4_500, 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_row_across_two_chunks_has_one_owner(
        string cut, string piece, int before, int accepted, int malformed)
    {
        var (content, rows) = LandedContent.Around(LandedContent.ChunkBytes - before, LandedContent.Text(piece));

        var job = await LandAsync($"cuts/{cut}.csv", content);

        Assert.Equal(("finished", 2), (job.State, job.Total));
        Assert.Equal((rows + accepted, (long)malformed), (job.Accepted, job.Malformed));
        Assert.Equal(job.Accepted + job.Malformed, job.Rows);
    }

    private async Task<Job> LandAsync(string key, byte[] content)
    {
        var landed = await stack.Landings.PutAsync("damaged/" + key, content);
        var job = (await stack.SettleAsync(landed)).Single();
        job.AssertBalanced();
        await stack.Landings.AssertKeptAsync(landed, content.Length);
        return job;
    }
}
