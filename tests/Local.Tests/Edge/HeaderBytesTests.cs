using System.Net.Sockets;
using System.Text;

namespace Isobar.Local.Tests.Edge;

/// <summary>Header values that are not ASCII pass unharmed, as long as no function writes them.</summary>
public sealed class HeaderBytesTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    [Theory]
    [InlineData("utf-8", "Cookie: theme=dünkel; city=日本")]
    [InlineData("iso-8859-1", "Cookie: name=\u00c4rger")]
    [InlineData("iso-8859-1", "X-Anything: \u0080\u009f\u00ff")]
    [InlineData("utf-8", "Referer: http://site/straße")]
    public async Task A_request_header_that_a_function_leaves_alone_harms_nothing(string encoding, string header)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/x"] = new("one");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(edge, encoding, header), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", "attachment; filename=\"für—dich.csv\"")]
    [InlineData("iso-8859-1", "\u00e9\u00ff\u0080")]
    [InlineData("utf-8", "日本")]
    public async Task A_response_header_of_the_origin_comes_through_byte_for_byte(string encoding, string value)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        var bytes = Encoding.GetEncoding(encoding);
        edge.Objects["/pages/site/x"] = new(
            "one", ("Content-Disposition", Encoding.Latin1.GetString(bytes.GetBytes(value))));

        Assert.Contains(
            $"\r\nContent-Disposition: {value}\r\n", await AskAsync(edge, encoding, "Accept: */*"));
    }

    [Fact]
    public async Task The_router_serves_a_viewer_whose_cookies_another_script_has_set_in_UTF8()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(handler: null);
        foreach (var page in new[] { "/pages/site/index.html", "/pages/a/index.html", "/pages/b/index.html" })
            edge.Objects[page] = new("page");

        Assert.DoesNotContain("HTTP/1.1 502", await AskAsync(edge, "utf-8", "Cookie: prénom=Zoë; other=1", "/"));
    }

    [Theory]
    [InlineData("h['x-new'] = [{ value: '\\u00e9' }];")]
    [InlineData("h.cookie[0].value += '\\u00e9';")]
    [InlineData("h['x-other'] = [{ value: h.cookie[0].value }];")]
    public async Task A_value_that_a_function_writes_is_ASCII(string change)
    {
        await using var edge = await DistributionOnPortZero.StartAsync($$"""
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response) return cf.response;
              const h = cf.request.headers;
              {{change}}
              return cf.request;
            };
            """);
        edge.Objects["/pages/site/x"] = new("one");

        Assert.StartsWith(
            "HTTP/1.1 502 ", await AskAsync(edge, "utf-8", "Cookie: ü=1"), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(
        DistributionOnPortZero edge, string encoding, string header, string path = "/x")
    {
        var bytes = Encoding.GetEncoding(encoding);
        using var client = new TcpClient();
        await client.ConnectAsync(edge.Address.Host, edge.Address.Port);
        await client.GetStream().WriteAsync(bytes.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {edge.Address.Authority}\r\nConnection: close\r\n{header}\r\n\r\n"));
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer);
        return bytes.GetString(answer.ToArray());
    }
}
