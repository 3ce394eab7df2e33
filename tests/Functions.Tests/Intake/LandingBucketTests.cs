using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Domain;
using Isobar.Intake;

namespace Isobar.Functions.Tests.Intake;

public sealed class LandingBucketTests
{
    private static readonly ObjectVersion Source = new("landing", "a.csv", "v1", "00");

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, true)]
    [InlineData(new byte[] { 0x1F, 0x8B }, true)]
    [InlineData(new byte[] { 0x1F, 0x8C, 8 }, false)]
    [InlineData(new byte[] { 0x1F }, false)]
    [InlineData(new byte[0], false)]
    public async Task The_first_two_bytes_say_whether_it_is_a_gzip(byte[] content, bool isGzip)
    {
        using var s3 = new OneObject(content);
        Assert.Equal(new LandedContent(content.Length, isGzip), await new LandingBucket(s3).HeadAsync(Source, default));
    }

    [Fact]
    public async Task Of_an_object_too_short_for_a_gzip_no_byte_is_asked_for()
    {
        using var s3 = new OneObject([]);
        await new LandingBucket(s3).HeadAsync(Source, default);
        Assert.Equal(["head landing a.csv v1"], s3.Calls);
    }

    [Fact]
    public async Task Every_read_names_the_version()
    {
        using var s3 = new OneObject([1, 2, 3]);
        await new LandingBucket(s3).HeadAsync(Source, default);
        Assert.Equal(["head landing a.csv v1", "get landing a.csv v1 0-1"], s3.Calls);
    }

    private sealed class OneObject(byte[] content) : AmazonS3Client(
        new AnonymousAWSCredentials(), new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
    {
        public List<string> Calls { get; } = [];

        public override Task<GetObjectMetadataResponse> GetObjectMetadataAsync(
            GetObjectMetadataRequest request, CancellationToken cancellationToken = default)
        {
            Calls.Add($"head {request.BucketName} {request.Key} {request.VersionId}");
            return Task.FromResult(new GetObjectMetadataResponse { ContentLength = content.Length });
        }

        public override Task<GetObjectResponse> GetObjectAsync(
            GetObjectRequest request, CancellationToken cancellationToken = default)
        {
            var (start, end) = ((int)request.ByteRange.Start, (int)request.ByteRange.End);
            Calls.Add($"get {request.BucketName} {request.Key} {request.VersionId} {start}-{end}");
            return Task.FromResult(new GetObjectResponse
            {
                ResponseStream = new MemoryStream(content, start, end - start + 1),
            });
        }
    }
}
