using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>Buckets that the Host header names.</summary>
public sealed class VirtualHostTests
{
    [Theory]
    [InlineData("landing.s3.us-east-1.localhost", "landing")]
    [InlineData("LANDING.S3.eu-west-1.LOCALHOST", "landing")]
    [InlineData("landing.s3.localhost", "landing")]
    [InlineData("landing.localhost", "landing")]
    [InlineData("with.dots.s3.us-east-1.localhost", "with.dots")]
    [InlineData("s3.s3.us-east-1.localhost", "s3")]
    [InlineData("s3.us-east-1.localhost", null)]
    [InlineData("s3.localhost", null)]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("sandbox.localdomain", null)]
    public void A_host_below_localhost_names_a_bucket_or_the_service(string host, string? bucket) =>
        Assert.Equal(bucket, VirtualHost.BucketOf(host));

    [Theory]
    [InlineData("http://s3.us-east-1.localhost")]
    [InlineData("http://localhost")]
    public async Task The_SDK_for_NET_keeps_the_slash_in_front_of_a_key(string endpoint)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var client = Client(s3, endpoint);

        foreach (var key in new[] { "/in/front", "//two", "plain", "a b+ü" })
        {
            await client.PutObjectAsync(new() { BucketName = "landing", Key = key, ContentBody = key });
            using var read = await client.GetObjectAsync("landing", key);
            Assert.Equal(key, await new StreamReader(read.ResponseStream).ReadToEndAsync());
        }

        var listed = (await client.ListObjectsV2Async(new() { BucketName = "landing" })).S3Objects;
        Assert.Equal(["//two", "/in/front", "a b+ü", "plain"], listed.Select(each => each.Key));
        await client.DeleteObjectAsync("landing", "/in/front");
        Assert.Equal(3, (await client.ListObjectsV2Async(new() { BucketName = "landing" })).S3Objects.Count);
        await client.PutBucketAsync("another");
        Assert.Equal(2, (await client.ListBucketsAsync()).Buckets.Count);
    }

    [Fact]
    public async Task The_SDK_for_JavaScript_keeps_it_too()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        var answer = await JavaScriptClient.RunAsync("Services/S3/virtual-host.mjs", s3.Address);

        Assert.Equal("""
            {"body":"slash","keys":["/in/front","a b+ü"],"hosts":["landing.s3.us-east-1.localhost"]}
            """, answer.GetRawText());
    }

    [Fact]
    public async Task With_an_address_the_SDK_for_NET_itself_leaves_out_the_slash_in_front_of_a_key()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        await s3.Client.PutObjectAsync(new() { BucketName = "landing", Key = "/in/front", ContentBody = "x" });

        Assert.Equal(["in/front"],
            (await s3.Client.ListObjectsV2Async(new() { BucketName = "landing" })).S3Objects.Select(each => each.Key));
    }

    [Fact]
    public async Task A_presigned_url_names_the_bucket_in_its_host()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var client = Client(s3, "http://s3.us-east-1.localhost");
        using var http = new HttpClient(Loopback(s3));
        async Task<Uri> UrlAsync(HttpVerb verb) => new(await client.GetPreSignedURLAsync(new()
        {
            BucketName = "landing", Key = "/signed", Verb = verb, Protocol = Protocol.HTTP,
            Expires = s3.RealTime.GetUtcNow().AddMinutes(5).UtcDateTime,
        }), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var put = await UrlAsync(HttpVerb.PUT);
        Assert.Equal("landing.s3.us-east-1.localhost", put.Host);
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(put, new StringContent("body"))).StatusCode);
        Assert.Equal("body", await http.GetStringAsync(await UrlAsync(HttpVerb.GET)));
        Assert.Equal(["/signed"],
            (await s3.Client.ListObjectsV2Async(new() { BucketName = "landing" })).S3Objects.Select(each => each.Key));
        s3.RealTime.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(put)).StatusCode);
    }

    [Theory]
    [InlineData("landing.s3.us-east-1.localhost", "//raw", "/raw")]
    [InlineData("landing.s3.us-east-1.localhost", "/raw", "raw")]
    [InlineData("landing.s3.us-east-1.localhost", "/landing/raw", "landing/raw")]
    [InlineData("s3.us-east-1.localhost", "/landing//raw", "/raw")]
    [InlineData("localhost", "/landing//raw", "/raw")]
    [InlineData("127.0.0.1", "/landing///raw", "//raw")]
    public async Task Every_character_behind_the_bucket_belongs_to_the_key(string host, string target, string key)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var raw = new RawClient(s3.Address);

        var answer = await raw.AskAsync(
            "PUT", target, "x"u8.ToArray(), ("Host", $"{host}:{s3.Address.Port}"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal([key],
            (await s3.Client.ListObjectsV2Async(new() { BucketName = "landing" })).S3Objects.Select(each => each.Key));
    }

    [Theory]
    [InlineData("landing.s3.us-east-1.example.com")]
    [InlineData("landing.s3.us-east-1.amazonaws.com")]
    [InlineData("landing.s3.us-east-1.localhost.example.com")]
    [InlineData("evillocalhost")]
    public async Task The_host_of_another_site_is_still_refused(string host)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        using var raw = new RawClient(s3.Address);

        Assert.StartsWith("HTTP/1.1 421 ",
            await raw.AskAsync("GET", "/", [], ("Host", $"{host}:{s3.Address.Port}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_is_completed_and_a_form_tell_the_object_s_address_as_it_was_addressed()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var client = Client(s3, "http://s3.us-east-1.localhost");
        var upload = (await client.InitiateMultipartUploadAsync("landing", "a/b c")).UploadId;
        var part = await client.UploadPartAsync(new()
        {
            BucketName = "landing", Key = "a/b c", UploadId = upload, PartNumber = 1,
            InputStream = new MemoryStream(Encoding.UTF8.GetBytes("x")),
        });

        var completed = await client.CompleteMultipartUploadAsync(new()
        {
            BucketName = "landing", Key = "a/b c", UploadId = upload,
            PartETags = [new(1, part.ETag)],
        });

        Assert.Equal($"http://landing.s3.us-east-1.localhost:{s3.Address.Port}/a/b%20c", completed.Location);
    }

    private static AmazonS3Client Client(S3OnPortZero s3, string endpoint) => s3.NewClient(configure: config =>
    {
        config.ServiceURL = $"{endpoint}:{s3.Address.Port}";
        config.HttpClientFactory = new LoopbackClients(s3);
    });

    // Every name below localhost is this machine (RFC 6761), whether or not its resolver knows.
    private static SocketsHttpHandler Loopback(S3OnPortZero s3) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, s3.Address.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private sealed class LoopbackClients(S3OnPortZero s3) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(Loopback(s3));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
