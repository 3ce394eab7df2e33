using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Transform;

public sealed class BucketTests
{
    [Fact]
    public async Task A_chunk_in_the_middle_is_read_from_one_byte_before_it_to_the_longest_row_after_it()
    {
        var chunk = Examples.Chunk(Examples.Job(chunks: 1_000), 2);
        Assert.Equal("a.csv v1 199-4399", await OpenAsync(chunk));
    }

    [Fact]
    public async Task The_first_chunk_is_read_from_its_start_and_the_last_to_the_end_of_the_object()
    {
        Assert.Equal("a.csv v1 0-299", await OpenAsync(Examples.Chunk(Examples.Job(chunks: 3), 0)));
        Assert.Equal("a.csv v1 199-299", await OpenAsync(Examples.Chunk(Examples.Job(chunks: 3), 2)));
    }

    [Fact]
    public async Task A_gzip_is_read_whole() =>
        Assert.Equal("a.csv v1 -", await OpenAsync(Examples.Chunk(Examples.Job(chunks: 1), 0) with { Gzip = true }));

    [Fact]
    public async Task A_result_is_put_from_its_beginning_and_stays_open()
    {
        using var s3 = new RecordingS3();
        using var content = new MemoryStream();
        content.Write("abc"u8);
        await new DataBucket(s3, "data").PutAsync("curated/x", content, default);
        Assert.Equal("data curated/x abc", s3.Put);
        Assert.True(content.CanRead);
    }

    private static async Task<string> OpenAsync(ChunkMessage chunk)
    {
        using var s3 = new RecordingS3();
        await new LandingBucket(s3).OpenAsync(chunk, default);
        return s3.Get;
    }

    private sealed class RecordingS3() : AmazonS3Client(
        new AnonymousAWSCredentials(), new AmazonS3Config { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
    {
        public string Get { get; private set; } = "";

        public string Put { get; private set; } = "";

        public override Task<GetObjectResponse> GetObjectAsync(
            GetObjectRequest request, CancellationToken cancellationToken = default)
        {
            Get = string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Key} {request.VersionId} {request.ByteRange?.Start}-{request.ByteRange?.End}");
            return Task.FromResult(new GetObjectResponse { ResponseStream = new MemoryStream() });
        }

        public override Task<PutObjectResponse> PutObjectAsync(
            PutObjectRequest request, CancellationToken cancellationToken = default)
        {
            var text = new StreamReader(request.InputStream, leaveOpen: true).ReadToEnd();
            Put = $"{request.BucketName} {request.Key} {text}";
            if (request.AutoCloseStream) request.InputStream.Close();
            return Task.FromResult(new PutObjectResponse());
        }
    }
}
