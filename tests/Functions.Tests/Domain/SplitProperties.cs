using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class SplitProperties
{
    private const int FilesASeed = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(20260)]
    public async Task Any_division_gives_the_same_rows_counts_and_aggregates(int seed)
    {
        seed = Seeds.Or(seed);
        var random = new Random(seed);
        for (var number = 0; number < FilesASeed; number++)
        {
            var file = RandomFile.Create(random);
            var naive = NaiveReader.Rows(file);
            var whole = await CheckAsync($"seed {seed}, file {number}, whole", file, [], naive, random);
            for (var division = 0; division < 3; division++)
            {
                var cuts = Enumerable.Range(0, random.Next(1, 12))
                    .Select(_ => (long)random.Next(file.Length + 1)).Order().ToList();
                var name = $"seed {seed}, file {number}, cuts {string.Join(' ', cuts)}";
                Assert.Equal(whole, await CheckAsync(name, file, cuts, naive, random));
            }
        }
    }

    [Fact]
    public async Task Every_single_cut_of_a_file_with_everything_gives_the_same()
    {
        var random = new Random(Seeds.Or(7));
        byte[] file =
        [
            .. "\uFEFFID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME\r\n"u8,
            .. "XIW00000001,20140101,TMAX,105,,,W,0700\r\n\r\n\n"u8,
            .. Enumerable.Repeat((byte)'o', 4101), (byte)'\r', (byte)'\n',
            .. "ID,DATE\nXIW00000001,20140101,PRCP,10,,,W\nXIW00000001,20140102,PRCP,-9999,,,W"u8,
        ];
        var naive = NaiveReader.Rows(file);
        var whole = await CheckAsync("whole", file, [], naive, random);
        for (var cut = 0; cut <= file.Length; cut++)
            Assert.Equal(whole, await CheckAsync($"cut {cut}", file, [cut], naive, random));
    }

    [Fact]
    public async Task Ranges_of_one_byte_give_the_same()
    {
        var random = new Random(Seeds.Or(11));
        var file = RandomFile.Create(random).Take(3000).ToArray();
        var naive = NaiveReader.Rows(file);
        var whole = await CheckAsync("whole", file, [], naive, random);
        var cuts = Enumerable.Range(1, file.Length).Select(cut => (long)cut).ToList();
        Assert.Equal(whole, await CheckAsync("every byte", file, cuts, naive, random));
    }

    [Fact]
    public async Task How_the_bytes_arrive_changes_no_byte_of_the_output()
    {
        var random = new Random(Seeds.Or(5));
        var file = Enumerable.Range(0, 200).SelectMany(_ => RandomFile.Create(random)).ToArray();
        var expected = await Reading.OfAsync(file, 100, file.Length - 100, blockBytes: 1 << 20);
        foreach (var block in new[] { 1, 2, 7, 4095, 4096, 16_385 })
        {
            var actual = await Reading.OfAsync(file, 100, file.Length - 100, block);
            Assert.Equal(expected.Curated, actual.Curated);
            Assert.Equal(expected.Quarantine, actual.Quarantine);
            Assert.Equal(expected.Result.Counts, actual.Result.Counts);
        }
    }

    /// <summary>Compares a division with the naive reading; returns the merged aggregates.</summary>
    private static async Task<byte[]> CheckAsync(
        string name, byte[] file, List<long> cuts, List<NaiveRow> naive, Random random)
    {
        var readings = await Reading.OfAllAsync(file, cuts, random.Next(1, 5000));
        var counts = readings.Aggregate(ChunkCounts.Zero, (sum, reading) => sum + reading.Result.Counts);
        Assert.All(readings, reading => Assert.True(reading.Result.Counts.IsBalanced, name));
        Assert.True(naive.Count == counts.Rows, $"{name}: {naive.Count} rows, counted {counts.Rows}");
        Assert.True(naive.Count(row => row.Outcome == "missing") == counts.Missing, name);
        Assert.Equal(file.Count(value => value == '\n') + (file.Length > 0 && file[^1] != '\n' ? 1 : 0), counts.Lines);

        Assert.Equal(
            naive.Where(row => row.Outcome is not ("accepted" or "missing"))
                .Select(row => (row.Offset, row.Line, (string?)FromLatin(row.Outcome))),
            Quarantined(readings));
        Assert.Equal(
            naive.Where(row => row.Outcome == "accepted").Select(row => row.Fields[0] + row.Fields[1] + row.Fields[2]),
            readings.SelectMany(reading => Reading.Lines(reading.Curated)).Select(Key));

        var tables = readings.Select(reading => reading.Result.Months).ToArray();
        random.Shuffle(tables);
        var merged = await Reading.MergeAsync(tables);
        Assert.Equivalent(
            NaiveMonths.Of(naive),
            merged.Shards.SelectMany(merged.InShard).Select(MonthSummary.From)
                .OrderBy(month => month.Station + month.Month, StringComparer.Ordinal),
            strict: true);
        return await Reading.PartialsAsync(merged);
    }

    /// <summary>Line numbers made absolute as readers do: by adding up the lines of the earlier chunks.</summary>
    private static IEnumerable<(long Offset, long Line, string? Reason)> Quarantined(List<Reading> readings)
    {
        var earlier = 0L;
        foreach (var reading in readings)
        {
            foreach (var line in Reading.Lines(reading.Quarantine))
            {
                yield return (
                    line.GetProperty("offset").GetInt64(),
                    line.GetProperty("line").GetInt64() + earlier,
                    line.GetProperty("reason").GetString());
            }

            earlier += reading.Result.Counts.Lines;
        }
    }

    private static string Key(System.Text.Json.JsonElement row) =>
        row.GetProperty("station").GetString()
        + row.GetProperty("date").GetString()!.Replace("-", "", StringComparison.Ordinal)
        + row.GetProperty("element").GetString();

    private static string FromLatin(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(text));
}
