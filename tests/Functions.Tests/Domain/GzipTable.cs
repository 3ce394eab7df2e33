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

    [Fact]
    public async Task What_follows_the_first_member_is_refused_even_if_it_is_the_same_again()
    {
        var gzip = Compress(Content, CompressionLevel.Optimal);
        Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, .. gzip]));
        Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, 0]));
        Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, .. gzip[^8..]]));
        Assert.Equal("gzip:trailing", await RefusalAsync([.. gzip, .. new byte[100_000]]));
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
