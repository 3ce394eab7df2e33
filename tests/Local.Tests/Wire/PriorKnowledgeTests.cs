using System.Net;
using System.Net.Sockets;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Wire;

/// <summary>HTTP/1.1 and HTTP/2 on one port, without TLS.</summary>
public sealed class PriorKnowledgeTests
{
    [Fact]
    public async Task A_client_is_answered_in_the_version_that_it_speaks()
    {
        await using var server = await StartAsync();
        foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
        {
            using var client = new HttpClient();
            for (var call = 0; call < 3; call++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, server.Address)
                {
                    Version = version,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                    Content = new StringContent("wärme"),
                };
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(version, answer.Version);
                Assert.Equal($"HTTP/{(version.Major == 1 ? "1.1" : "2")} wärme",
                    await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public async Task A_request_that_comes_a_byte_at_a_time_is_answered()
    {
        await using var server = await StartAsync();
        using var socket = await ConnectAsync(server);
        foreach (var part in "PRI")
            await socket.SendAsync(Encoding.ASCII.GetBytes([part]), TestContext.Current.CancellationToken);
        await socket.SendAsync(
            "NT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(),
            TestContext.Current.CancellationToken);

        Assert.EndsWith("HTTP/1.1 ok", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HT")]
    public async Task A_client_that_says_nothing_more_is_let_go(string beginning)
    {
        await using var server = await StartAsync();
        using var socket = await ConnectAsync(server);
        if (beginning.Length > 0)
            await socket.SendAsync(Encoding.ASCII.GetBytes(beginning), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);

        Assert.DoesNotContain("200", await ReadAsync(socket), StringComparison.Ordinal);
    }

    private static Task<WireServer> StartAsync() => WireServer.StartAsync(
        async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var text = $"{http.Request.Protocol} {await body.ReadToEndAsync()}";
            http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
            await http.Response.WriteAsync(text);
        },
        0, TestContext.Current.CancellationToken);

    private static async Task<Socket> ConnectAsync(WireServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[1_024];
        try
        {
            for (int many; (many = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, many));
        }
        catch (SocketException)
        {
            text.Append("reset");
        }

        return text.ToString();
    }
}
