using System.IO.Compression;
using Isobar.Domain;
using Isobar.Functions.Tests.Domain;
using Isobar.Samples;

namespace Isobar.Functions.Tests.Samples;

public sealed class SampleFiles
{
    public static TheoryData<string> Names => [.. SampleSet.All.Select(file => file.Expected.File)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_comes_to_what_was_planted_in_it(string name)
    {
        var expected = Expected().Single(expectation => expectation.File == name);
        var stored = await File.ReadAllBytesAsync(Stored(name), TestContext.Current.CancellationToken);
        if (expected.Failure is not null)
        {
            var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => ReadAsync(stored));
            Assert.Equal(expected.Failure, refusal.Reason);
            return;
        }

        AssertComesTo(expected, await ReadAsync(stored));
    }

    [Fact]
    public void The_generator_writes_the_committed_files()
    {
        Assert.Equal(Expectation.ToJson(SampleSet.All), File.ReadAllBytes(Stored("expected.json")));
        foreach (var file in SampleSet.All)
        {
            var stored = File.ReadAllBytes(Stored(file.Expected.File));
            if (file.Storage == Storage.BrokenGzip) stored[^8] ^= 0xFF;
            Assert.Equal(file.Content, file.Storage == Storage.Plain ? stored : Decompress(stored));
        }
    }

    [Fact]
    public void Every_rule_has_a_planted_defect()
    {
        var planted = Expected().SelectMany(expectation => expectation.Malformed.Keys).ToHashSet();
        var rules = Enum.GetValues<RowRule>().Where(rule => rule != RowRule.None).Select(rule => rule.Reason());
        Assert.Equal(rules.Order(), planted.Order());
    }

    [Fact]
    public async Task A_history_has_its_rows_and_comes_to_what_was_planted_in_it()
    {
        var content = new MemoryStream();
        var expected = History.Write(content, 50_000);
        AssertComesTo(expected, await ReadAsync(content.ToArray()));
    }

    private static void AssertComesTo(Expectation expected, Reading reading)
    {
        Assert.Equal(
            new ChunkCounts(expected.Lines, expected.Rows, expected.Accepted, expected.Flagged.Values.Sum(),
                expected.Missing, expected.Malformed.Values.Sum()),
            reading.Result.Counts);
        var reasons = expected.Malformed.Concat(
            expected.Flagged.Select(flagged => KeyValuePair.Create("quality:" + flagged.Key, flagged.Value)));
        Assert.Equal(
            reasons.OrderBy(reason => reason.Key, StringComparer.Ordinal),
            Reading.Lines(reading.Quarantine).CountBy(line => line.GetProperty("reason").GetString()!)
                .OrderBy(reason => reason.Key, StringComparer.Ordinal));
    }

    private static Task<Reading> ReadAsync(byte[] stored) => Gzip.IsGzip(stored)
        ? Reading.OfAsync(new VerifiedGzipStream(new MemoryStream(stored)), ChunkRange.Everything)
        : Reading.OfAsync(stored, 0, stored.Length);

    private static Expectation[] Expected() => Expectation.FromJson(File.ReadAllBytes(Stored("expected.json")));

    private static byte[] Decompress(byte[] gzip)
    {
        var content = new MemoryStream();
        new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress).CopyTo(content);
        return content.ToArray();
    }

    private static string Stored(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "global.json"))) directory = directory.Parent;
        return Path.Combine(directory.FullName, "samples", "data", name);
    }
}
