using System.Buffers.Binary;
using System.IO.Compression;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class GzipTable
{
    private static readonly byte[] Content = Enumerable.Range(0, 300_000).Select(at => (byte)(at * at >> 7)).ToArray();

    [Theory]
    [InlineData(0, CompressionLevel.Optimal)]
    [InlineData(1, CompressionLevel.Optimal)]
    [InlineData(100, CompressionLevel.NoCompression)]
    [InlineData(300_000, CompressionLevel.NoCompression)]
    [InlineData(300_000, CompressionLevel.Fastest)]
    [InlineData(300_000, CompressionLevel.SmallestSize)]
    public async Task A_whole_gzip_gives_its_content(int length, CompressionLevel level)
    {
        var gzip = Compress(Content[..length], level);
        foreach (var block in new[] { 1, 9, 10_000, 1 << 20 })
            Assert.Equal(Content[..length], await DecompressAsync(gzip, block));
    }

    [Fact]
    public async Task Every_truncation_of_a_gzip_is_refused()
    {
        var gzip = Compress(Content[..2000], CompressionLevel.Optimal);
        for (var length = 0; length < gzip.Length; length++)
            Assert.Equal("gzip:truncated", await RefusalAsync(gzip[..length], "gzip:crc", "gzip:length"));
    }

    /// <summary>A few bits of the deflate format mean nothing, such as those after its end.</summary>
    [Fact]
    public async Task A_changed_byte_never_gives_changed_content()
    {
        var gzip = Compress(Content[..2000], CompressionLevel.Optimal);
        var refused = 0;
        for (var bit = 80; bit < gzip.Length * 8; bit++)
        {
            var broken = gzip.ToArray();
            broken[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                Assert.Equal(Content[..2000], await DecompressAsync(broken, 512));
            }
            catch (InputRefusedException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, gzip.Length * 8 - 80 - 32, gzip.Length * 8 - 80);
    }

    [Fact]
    public async Task A_wrong_checksum_and_a_wrong_length_have_reasons_of_their_own()
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        var checksum = gzip.ToArray();
        checksum[^8] ^= 1;
        Assert.Equal("gzip:crc", await RefusalAsync(checksum));
        var length = gzip.ToArray();
        length[^1] ^= 1;
        Assert.Equal("gzip:length", await RefusalAsync(length));
    }

    [Theory]
    [InlineData(new[] { 300_000, 300_000 }, CompressionLevel.Optimal)]
    [InlineData(new[] { 1, 0, 1 }, CompressionLevel.Optimal)]
    [InlineData(new[] { 0, 0, 0, 7 }, CompressionLevel.Fastest)]
    [InlineData(new[] { 70_000, 1, 65_536, 8_192, 32_768 }, CompressionLevel.NoCompression)]
    [InlineData(new[] { 100_000, 100_000, 100_000 }, CompressionLevel.SmallestSize)]
    public async Task Members_that_follow_each_other_are_one_content(int[] lengths, CompressionLevel level)
    {
        byte[] gzip = [.. lengths.SelectMany(length => Compress(Content[..length], level))];
        byte[] content = [.. lengths.SelectMany(length => Content[..length])];
        foreach (var block in new[] { 1, 9, 10_000, 1 << 20 })
            Assert.Equal(content, await DecompressAsync(gzip, block));
    }

    [Fact]
    public async Task Hundreds_of_small_members_are_one_content_wherever_they_are_cut()
    {
        // As bgzip and other tools of blocks write them.
        var random = new Random(7);
        var content = new List<byte>();
        var gzip = new List<byte>();
        for (var member = 0; member < 300; member++)
        {
            var part = Content[..random.Next(2_000)];
            content.AddRange(part);
            var level = random.Next(2) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression;
            gzip.AddRange(Compress(part, level));
        }

        foreach (var block in new[] { 1, 33, 8_192 })
            Assert.Equal(content, await DecompressAsync([.. gzip], block));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(100_000)]
    public async Task Zeros_behind_a_member_are_padding(int zeros)
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        Assert.Equal(Content, await DecompressAsync([.. gzip, .. new byte[zeros]], 5_000));
        Assert.Equal(Content, await DecompressAsync([.. gzip, .. new byte[zeros]], 1 << 20));
        Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, .. new byte[zeros], .. gzip]));
        Assert.Empty(await DecompressAsync([.. Compress([], CompressionLevel.Optimal), .. new byte[zeros]], 3));
    }

    [Fact]
    public async Task Anything_else_behind_a_member_is_refused()
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        byte[][] endings =
            [[1], [0x1F], [0x1F, 0], [0x8B], gzip[^8..], [.. new string('g', 9).Select(c => (byte)c)], [0, 0, 1]];
        foreach (var garbage in endings.Append([.. new byte[50_000], 9]))
            Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, .. garbage]));
    }

    [Fact]
    public async Task A_broken_second_member_is_refused_like_a_broken_first_one()
    {
        var gzip = Compress(Content[..2_000], CompressionLevel.Optimal);
        Assert.Equal("gzip:crc", await RefusalAsync([.. gzip, .. Changed(gzip, ^8)]));
        Assert.Equal("gzip:length", await RefusalAsync([.. gzip, .. Changed(gzip, ^1)]));
        Assert.Equal("gzip:crc", await RefusalAsync([.. Changed(gzip, ^8), .. gzip]));
        Assert.Equal("gzip:length", await RefusalAsync([.. Changed(gzip, ^1), .. gzip]));
        Assert.Equal("gzip:header", await RefusalAsync([.. gzip, .. Changed(gzip, 2)]));
        Assert.Equal("gzip:crc", await RefusalAsync([.. gzip, .. Changed(gzip, ^8), .. gzip]));
        for (var length = 2; length < gzip.Length; length++)
            Assert.Equal("gzip:truncated", await RefusalAsync([.. gzip, .. gzip[..length]], "gzip:crc", "gzip:length"));
    }

    [Fact]
    public async Task The_limit_is_that_of_all_members_together()
    {
        var gzip = Compress(Content[..1_000], CompressionLevel.Optimal);
        await using var enough = new VerifiedGzipStream(new MemoryStream([.. gzip, .. gzip]), 2_000);
        await enough.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        await using var less = new VerifiedGzipStream(new MemoryStream([.. gzip, .. gzip]), 1_999);
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(
            () => less.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        Assert.Equal("gzip:content", refusal.Reason);
    }

    [Fact]
    public async Task A_file_of_two_members_reads_like_the_files_in_them()
    {
        var file = Enumerable.Range(0, 20).SelectMany(seed => RandomFile.Create(new Random(seed))).ToArray();
        var plain = await Reading.OfAsync(file, 0, file.Length);
        // The cut is within a row: members know nothing of rows.
        byte[] gzip =
        [
            .. Compress(file[..1_234], CompressionLevel.Fastest), .. Compress(file[1_234..], CompressionLevel.Optimal),
        ];
        var packed = await Reading.OfAsync(new VerifiedGzipStream(new MemoryStream(gzip)), ChunkRange.Everything);
        Assert.Equal(plain.Curated, packed.Curated);
        Assert.Equal(plain.Quarantine, packed.Quarantine);
        Assert.Equal(plain.Result.Counts, packed.Result.Counts);
    }

    [Fact]
    public async Task Every_optional_part_of_the_header_is_skipped()
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        byte[] header = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3];
        byte[] full = [.. header, 3, 0, 1, 2, 3, .. "name\0comment\0"u8, 0xAB, 0xCD, .. gzip[10..]];
        Assert.Equal(Content, await DecompressAsync(full, 7));
    }

    [Fact]
    public async Task Bytes_that_only_begin_like_a_gzip_are_refused()
    {
        Assert.Equal("gzip:header", await RefusalAsync([0x1F, 0x8B, .. new byte[100]]));
        Assert.Equal("gzip:header", await RefusalAsync([0x1F, 0x8B, 8, 0xFF, .. new byte[100]]));
        Assert.Equal("gzip:data", await RefusalAsync(
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)0xFF, 99)]));
        Assert.Equal("gzip:header", await RefusalAsync(
            [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'n', 200_000)]));
    }

    [Fact]
    public async Task Content_of_exactly_the_limit_is_accepted()
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        await using var stream = new VerifiedGzipStream(new MemoryStream(gzip), Content.Length);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(Content.Length, copy.Length);
    }

    [Fact]
    public async Task A_gzip_reads_like_the_file_in_it()
    {
        var file = Enumerable.Range(0, 50).SelectMany(seed => RandomFile.Create(new Random(seed))).ToArray();
        var plain = await Reading.OfAsync(file, 0, file.Length);
        await using var gzip = new VerifiedGzipStream(new MemoryStream(Compress(file, CompressionLevel.Fastest)));
        var packed = await Reading.OfAsync(gzip, ChunkRange.Everything);
        Assert.Equal(plain.Curated, packed.Curated);
        Assert.Equal(plain.Quarantine, packed.Quarantine);
        Assert.Equal(plain.Result.Counts, packed.Result.Counts);
    }

    [Fact]
    public void The_checksum_is_that_of_RFC_1952()
    {
        // The check value that catalogues of CRCs give for CRC-32: "123456789".
        var crc = new Crc32();
        crc.Append("1234"u8);
        crc.Append("56789"u8);
        Assert.Equal(0xCBF43926, crc.Value);
        var gzip = Compress(Content, CompressionLevel.Fastest);
        crc = new Crc32();
        crc.Append(Content);
        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(gzip.Length - 8)), crc.Value);
    }

    private static byte[] Changed(byte[] gzip, Index at)
    {
        var changed = gzip.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    private static byte[] Compress(byte[] content, CompressionLevel level)
    {
        var gzip = new MemoryStream();
        using (var stream = new GZipStream(gzip, level)) stream.Write(content);

        // The base library writes nothing at all for no content; RFC 1952 has an empty member.
        return content.Length > 0 ? gzip.ToArray() : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, .. new byte[8]];
    }

    private static async Task<byte[]> DecompressAsync(byte[] gzip, int block)
    {
        await using var stream = new VerifiedGzipStream(new DripStream(gzip, block));
        var content = new MemoryStream();
        await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    private static async Task<string> RefusalAsync(byte[] gzip, params string[] aliases)
    {
        var refusal = await Assert.ThrowsAsync<InputRefusedException>(() => DecompressAsync(gzip, 5000));
        return aliases.Contains(refusal.Reason) ? "gzip:truncated" : refusal.Reason;
    }
}
