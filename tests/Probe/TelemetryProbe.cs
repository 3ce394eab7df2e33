using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>A listener for telemetry that says what it gets on its standard output, or never answers.</summary>
internal sealed class TelemetryProbe
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string name;
    private readonly bool answers;

    public TelemetryProbe(string name, bool answers)
    {
        (this.name, this.answers) = (name, answers);
        listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <param name="older">By the Logs API.</param>
    public Reply Subscribe(RuntimeApiClient api, string identity, bool older)
    {
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (path, version) = older ? ("/2020-08-15/logs", "2021-03-18") : ("/2022-07-01/telemetry", "2022-12-13");
        var body = $$"""
            {"schemaVersion":"{{version}}","types":["platform","function"],"buffering":{"timeoutMs":25},
             "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:{{port}}"} }
            """;
        return api.Call("PUT", path, Encoding.UTF8.GetBytes(body), identity);
    }

    private void Serve()
    {
        while (true)
        {
            using var socket = listener.AcceptSocket();
            using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (Body(reader) is { } body)
            {
                using var events = JsonDocument.Parse(body);
                foreach (var happened in events.RootElement.EnumerateArray())
                    Console.WriteLine($"{name} telemetry {happened.GetRawText()}");
                if (!answers) Thread.Sleep(Timeout.Infinite);
                stream.Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
            }
        }
    }

    // The bodies are ASCII: characters are bytes.
    private static string? Body(StreamReader reader)
    {
        var length = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line[16..]);
            if (line.Length > 0) continue;
            var body = new char[length];
            return reader.ReadBlock(body, 0, length) == length ? new string(body) : null;
        }

        return null;
    }
}
