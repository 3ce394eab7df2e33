using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Stories.Fuzz;

/// <param name="Status">The status code.</param>
/// <param name="Headers">The header block, lower case.</param>
/// <param name="Body">The body as Latin-1.</param>
internal sealed record RawAnswer(int Status, string Headers, string Body);

/// <summary>HTTP without a client that would correct what it is given. One connection an exchange.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">No answer came.</exception>
    /// <exception cref="InvalidDataException">The connection ended without an answer.</exception>
    public static async Task<RawAnswer> AskAsync(
        Uri endpoint, string method, string target, IEnumerable<(string Name, string Value)> headers, byte[] body)
    {
        var head = new StringBuilder(
            $"{method} {target} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nConnection: close\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return await ExchangeAsync(endpoint, [.. Encoding.UTF8.GetBytes(head.ToString()), .. body]).WaitAsync(Bound);
    }

    private static async Task<RawAnswer> ExchangeAsync(Uri endpoint, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request);
            await stream.CopyToAsync(answer);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // An answer that came before the whole request was read is an answer.
        }

        return Parse(Encoding.Latin1.GetString(answer.ToArray()));
    }

    private static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            throw new InvalidDataException($"No answer: '{text}'");
        var (headers, body) = (text[..end].ToLowerInvariant(), text[(end + 4)..]);
        return new RawAnswer(
            int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), headers,
            headers.Contains("transfer-encoding: chunked", StringComparison.Ordinal) ? Joined(body) : body);
    }

    private static string Joined(string chunks)
    {
        var body = new StringBuilder();
        while (true)
        {
            var line = chunks.IndexOf("\r\n", StringComparison.Ordinal);
            var length = int.Parse(chunks.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0) return body.ToString();
            body.Append(chunks, line + 2, length);
            chunks = chunks[(line + 2 + length + 2)..];
        }
    }
}
