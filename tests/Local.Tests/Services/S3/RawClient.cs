using System.Net.Sockets;
using System.Text;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>Sends requests byte by byte, for what no SDK would send.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Authorization =
        "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

    private readonly TcpClient connection = new();
    private readonly Uri address;

    public RawClient(Uri address)
    {
        this.address = address;
        connection.Connect(address.Host, address.Port);
    }

    /// <summary>Sends a signed request; headers given here replace the usual ones.</summary>
    public async Task SendAsync(string method, string target, byte[] body, params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = address.Authority, ["Connection"] = "close", ["Authorization"] = Authorization,
            ["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD", ["Content-Length"] = $"{body.Length}",
        };
        foreach (var (name, value) in headers) all[name] = value;
        var head = string.Concat(
            all.Where(pair => pair.Value.Length > 0).Select(pair => $"{pair.Key}: {pair.Value}\r\n"));
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\n{head}\r\n"));
        await connection.GetStream().WriteAsync(body);
    }

    /// <summary>Sends a request and returns the whole answer as text.</summary>
    public async Task<string> AskAsync(string method, string target, byte[] body,
        params (string Name, string Value)[] headers)
    {
        await SendAsync(method, target, body, headers);
        using var copy = new MemoryStream();
        await connection.GetStream().CopyToAsync(copy);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    public void Dispose() => connection.Dispose();
}
