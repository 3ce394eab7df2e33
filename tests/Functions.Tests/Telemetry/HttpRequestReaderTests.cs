using System.Text;
using Isobar.Telemetry.Receiving;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>Requests as a platform may send them, in pieces of every size.</summary>
public sealed class HttpRequestReaderTests
{
    private const string Plain = "POST / HTTP/1.1\r\nHost: sandbox.localdomain:1\r\nContent-Length: 5\r\n\r\n[\"a\"]";

    private const string Chunked =
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n[\"b\r\n2\r\n\"]\r\n0\r\nTrailer: t\r\n\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task One_comes_after_the_other_on_a_connection(int piece)
    {
        var reader = new HttpRequestReader(new InPieces(Plain + Chunked + Plain, piece));
        Assert.Equal("[\"a\"]", await TextAsync(reader));
        Assert.Equal("[\"b\"]", await TextAsync(reader));
        Assert.Equal("[\"a\"]", await TextAsync(reader));
        Assert.Null(await reader.ReadAsync(default));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("POST / HTTP/2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nno colon\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nlong\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 2097153\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", 413)]
    public async Task What_is_no_request_or_too_large_is_refused(string request, int status)
    {
        var refused = await Assert.ThrowsAsync<BadRequestException>(() => TextAsync(Reader(request)));
        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public async Task A_head_without_end_is_refused()
    {
        var one = await Assert.ThrowsAsync<BadRequestException>(() => TextAsync(Reader(new string('x', 20_000))));
        var many = await Assert.ThrowsAsync<BadRequestException>(() => TextAsync(
            Reader("POST / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("Name: value\r\n", 2_000)))));
        Assert.Equal((431, 431), (one.Status, many.Status));
    }

    [Fact]
    public async Task A_connection_that_ends_within_a_request_is_no_request() =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => TextAsync(Reader(Plain[..^1])));

    private static HttpRequestReader Reader(string text) => new(new InPieces(text, 1_000));

    private static async Task<string?> TextAsync(HttpRequestReader reader) =>
        await reader.ReadAsync(default) is { } body ? Encoding.UTF8.GetString(body.Span) : null;

    private sealed class InPieces(string text, int size) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
