using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ChecksumAlgorithm = Isobar.Local.Services.S3.Payload.ChecksumAlgorithm;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.S3;

public sealed class ChecksumTests
{
    // The check values of the CRC RevEng catalogue: the CRC of the nine digits.
    [Theory]
    [InlineData(nameof(ChecksumAlgorithm.Crc32), "CBF43926")]
    [InlineData(nameof(ChecksumAlgorithm.Crc32C), "E3069283")]
    [InlineData(nameof(ChecksumAlgorithm.Crc64Nvme), "AE8B14860A799888")]
    public void Each_crc_has_its_published_check_value(string algorithm, string expected)
    {
        var crc = ContentDigest.Of(Enum.Parse<ChecksumAlgorithm>(algorithm));

        Assert.Equal(expected, Convert.ToHexString(crc.ToBytes(crc.Append(Crc.Empty, "123456789"u8))));
    }

    [Theory]
    [InlineData(nameof(ChecksumAlgorithm.Crc32))]
    [InlineData(nameof(ChecksumAlgorithm.Crc32C))]
    [InlineData(nameof(ChecksumAlgorithm.Crc64Nvme))]
    public void The_crcs_of_two_parts_join_into_that_of_the_whole(string algorithm)
    {
        var crc = ContentDigest.Of(Enum.Parse<ChecksumAlgorithm>(algorithm));
        var bytes = new byte[5_000];
        new Random(3).NextBytes(bytes);

        foreach (var cut in new[] { 0, 1, 7, 8, 9, 4_096, 4_999, 5_000 })
            Assert.Equal(
                crc.Append(Crc.Empty, bytes),
                crc.Join(crc.Append(Crc.Empty, bytes.AsSpan(0, cut)), crc.Append(Crc.Empty, bytes.AsSpan(cut)),
                    bytes.Length - cut));
    }

    // Recorded from real S3: PutObject of the same text with each algorithm.
    [Theory]
    [InlineData("CRC64NVME", "qUVrWYOrIAM=")]
    [InlineData("SHA256", "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik=")]
    public async Task A_checksum_is_kept_and_given_back(string algorithm, string expected)
    {
        await using var s3 = await StartAsync();
        var put = new PutObjectRequest
        {
            BucketName = "landing", Key = "k", ContentBody = "test data..",
                ChecksumAlgorithm = ChecksumAlgorithmOf(algorithm),
        };
        if (algorithm == "CRC64NVME") put.ChecksumCRC64NVME = expected;
        await s3.Client.PutObjectAsync(put);

        var head = await s3.Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = "landing", Key = "k", ChecksumMode = ChecksumMode.ENABLED });

        Assert.Equal(expected, algorithm == "SHA256" ? head.ChecksumSHA256 : head.ChecksumCRC64NVME);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "AAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("Content-MD5", "000", "InvalidDigest")]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000",
        "XAmzContentSHA256Mismatch")]
    [InlineData("x-amz-content-sha256", "something", "InvalidArgument")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC32", "InvalidRequest")]
    public async Task A_wrong_claim_about_the_body_is_refused_and_leaves_nothing(string name, string value, string code)
    {
        await using var s3 = await StartAsync();
        using var raw = new RawClient(s3.Address);

        var answer = await raw.AskAsync("PUT", "/landing/k", new byte[300_000], (name, value));

        Assert.Contains($"<Code>{code}</Code>", answer);
        Assert.Empty(s3.Files());
        await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.GetObjectMetadataAsync("landing", "k"));
    }

    [Theory]
    [InlineData("6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", null)]
    [InlineData("b;chunk-signature=00\r\nhello world\r\n0;chunk-signature=00\r\n"
        + "x-amz-checksum-crc32:DUoRhQ==\r\nx-amz-trailer-signature:00\r\n\r\n", null)]
    [InlineData("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [InlineData("b\r\nhello world\r\n0\r\n\r\n", "MalformedTrailerError")]
    [InlineData("a\r\nhello worl\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "IncompleteBody")]
    [InlineData("c\r\nhello world!\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "IncompleteBody")]
    [InlineData("b\r\nhello world", "IncompleteBody")]
    [InlineData("zz\r\nhello world\r\n0\r\n\r\n", "InvalidRequest")]
    [InlineData("b\r\nhello worldXX0\r\n\r\n", "InvalidRequest")]
    public async Task A_chunked_body_is_unframed_and_its_trailer_verified(string body, string? code)
    {
        await using var s3 = await StartAsync();
        using var raw = new RawClient(s3.Address);

        var answer = await raw.AskAsync("PUT", "/landing/k", Encoding.ASCII.GetBytes(body),
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", "11"),
            ("Content-Encoding", "aws-chunked"), ("x-amz-trailer", "x-amz-checksum-crc32"));

        if (code is not null)
        {
            Assert.Contains($"<Code>{code}</Code>", answer);
            return;
        }

        Assert.StartsWith("HTTP/1.1 200", answer);
        using var got = await s3.Client.GetObjectAsync("landing", "k");
        Assert.Equal("hello world", await new StreamReader(got.ResponseStream).ReadToEndAsync());
        Assert.Null(got.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED)]
    [InlineData(RequestChecksumCalculation.WHEN_REQUIRED)]
    public async Task The_client_verifies_what_it_reads(RequestChecksumCalculation calculation)
    {
        await using var s3 = await StartAsync();
        using var client = s3.NewClient(configure: config => config.RequestChecksumCalculation = calculation);
        var bytes = RandomNumberGenerator.GetBytes(700_000);

        await client.PutObjectAsync(new() { BucketName = "landing", Key = "k", InputStream = new MemoryStream(bytes) });
        using var got = await client.GetObjectAsync(new GetObjectRequest
        {
            BucketName = "landing", Key = "k", ChecksumMode = ChecksumMode.ENABLED,
        });
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);

        Assert.Equal(bytes, copy.ToArray());
        Assert.NotNull(got.ChecksumCRC32 ?? got.ChecksumCRC64NVME);
    }

    private static async Task<S3OnPortZero> StartAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        return s3;
    }

    private static Amazon.S3.ChecksumAlgorithm ChecksumAlgorithmOf(string name) =>
        Amazon.S3.ChecksumAlgorithm.FindValue(name);
}
