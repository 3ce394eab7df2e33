using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>The event asked for an error.</summary>
internal sealed class ThrownOnPurpose(string message) : Exception(message);

/// <summary>
/// What an event can ask for: <c>{"do":"sleep","ms":100}</c>. An event without <c>do</c> in front is given back as it
/// is. Paths are relative to the environment's own <c>/tmp</c>.
/// </summary>
internal sealed class Commands(RuntimeApiClient api, string temporary)
{
    private readonly Ballast ballast = new();
    private int counter;
    private long ticks;
    private int afterResponseMs;

    /// <summary>What to do with events that ask for nothing, such as those of services.</summary>
    private static string? Otherwise { get; } = Environment.GetEnvironmentVariable("PROBE_EVENT");

    /// <returns>The response; null when it has been posted already.</returns>
    public byte[]? Run(Reply next, string requestId)
    {
        if (OrderProbe.IsWanted && next.Body.AsSpan().StartsWith("{\"Records\":"u8))
            return OrderProbe.Run(next.Body);
        if (RecordsProbe.IsWanted && next.Body.AsSpan().StartsWith("{\"Records\":"u8))
            return RecordsProbe.Run(next.Body);
        var asked = next.Body.AsSpan().StartsWith("{\"do\":"u8);
        if (!asked && Otherwise is null) return next.Body;
        using var document = JsonDocument.Parse(asked ? next.Body : Encoding.UTF8.GetBytes(Otherwise!));
        var wish = document.RootElement;
        switch (wish.GetProperty("do").GetString())
        {
            case "sleep":
                Thread.Sleep(Number(wish, "ms"));
                return "null"u8.ToArray();
            case "linger":
                afterResponseMs = Number(wish, "ms");
                return "null"u8.ToArray();
            case "throw":
                throw new ThrownOnPurpose(Text(wish, "message", "thrown on purpose"));
            case "exit":
                Environment.Exit(Number(wish, "code"));
                return null;
            case "kill":
                Process.GetCurrentProcess().Kill();
                return null;
            case "wait":
                Gate.Pass();
                return Number(Environment.ProcessId);
            case "allocate":
                var held = ballast.Take(Number(wish, "mb"));
                Thread.Sleep(Number(wish, "ms"));
                return Number(held);
            case "write":
                File.WriteAllText(Path.Combine(temporary, Text(wish, "path", "note")), Text(wish, "text", ""));
                return "null"u8.ToArray();
            case "refuse":
                return Refusals.Throw(next.Body, Text(wish, "text", "poison"));
            case "report":
                return Refusals.Report(next.Body, Text(wish, "text", "poison"));
            case "call":
                return Call(wish, requestId);
            default:
                return Answer(wish, next);
        }
    }

    private byte[] Answer(JsonElement wish, Reply next) => wish.GetProperty("do").GetString() switch
    {
        "log" => Log(wish),
        "print" => Print(Text(wish, "text", "")),
        "attempt" => Attempt(Text(wish, "path", "note")),
        "resolve" => JsonSerializer.SerializeToUtf8Bytes(
            System.Net.Dns.GetHostAddresses(Text(wish, "name", ""))[0].ToString()),
        "get" => Number(AwsCall.Get(Environment.ExpandEnvironmentVariables(Text(wish, "address", "")))),
        "parameter" => Parameters.Get(Text(wish, "name", "")),
        "read" => Read(Text(wish, "path", "note")),
        "run" => Run(Text(wish, "file", "")),
        "bytes" => Bytes(Number(wish, "count")),
        "count" => Number(++counter),
        "tick" => Tick(),
        "heap" => Number(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        "environment" => Describe(Environment.GetEnvironmentVariables()),
        "headers" => Describe(next.Headers),
        "process" => Number(Environment.ProcessId),
        "spawn" => Number(Process.Start("sleep", "1000").Id),
        _ => throw new ThrownOnPurpose($"The probe does not know {wish}."),
    };

    public void AfterResponse()
    {
        if (afterResponseMs > 0) Thread.Sleep(afterResponseMs);
        afterResponseMs = 0;
    }

    private static byte[] Number(long number) => Encoding.ASCII.GetBytes(number.ToString());

    private static int Number(JsonElement wish, string name) =>
        wish.TryGetProperty(name, out var value) ? value.GetInt32() : 0;

    private static string Text(JsonElement wish, string name, string otherwise) =>
        wish.TryGetProperty(name, out var value) ? value.GetString()! : otherwise;

    /// <summary>What a program on the path writes.</summary>
    private static byte[] Run(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(file) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonSerializer.SerializeToUtf8Bytes(said.TrimEnd());
    }

    /// <summary>Writes a line as it is, without a number.</summary>
    private static byte[] Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
        return "null"u8.ToArray();
    }

    private static byte[] Log(JsonElement wish)
    {
        var writer = Text(wish, "to", "stdout") == "stderr" ? Console.Error : Console.Out;
        for (var line = 1; line <= Math.Max(1, Number(wish, "lines")); line++)
            writer.WriteLine($"{Text(wish, "text", "line")} {line}");
        writer.Flush();
        return "null"u8.ToArray();
    }

    /// <summary>Whether a file can be written: its path, or what speaks against it.</summary>
    private static byte[] Attempt(string path)
    {
        try
        {
            File.WriteAllText(path, "");
            return JsonSerializer.SerializeToUtf8Bytes(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return JsonSerializer.SerializeToUtf8Bytes(refused.Message);
        }
    }

    private byte[] Read(string path)
    {
        var file = Path.Combine(temporary, path);
        return File.Exists(file) ? JsonSerializer.SerializeToUtf8Bytes(File.ReadAllText(file)) : "null"u8.ToArray();
    }

    /// <summary>A JSON string of exactly so many bytes, quotes included.</summary>
    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill((byte)'x');
        bytes[0] = bytes[^1] = (byte)'"';
        return bytes;
    }

    /// <summary>
    /// How far a thread in the background has counted, one a millisecond or so; it starts at the first call.
    /// </summary>
    private byte[] Tick()
    {
        if (Interlocked.Read(ref ticks) == 0)
        {
            Interlocked.Increment(ref ticks);
            new Thread(() =>
            {
                while (true)
                {
                    Thread.Sleep(1);
                    Interlocked.Increment(ref ticks);
                }
            }) { IsBackground = true }.Start();
        }

        return Number(Interlocked.Read(ref ticks));
    }

    private static byte[] Describe(System.Collections.IDictionary values)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (System.Collections.DictionaryEntry value in values)
                writer.WriteString((string)value.Key, (string?)value.Value);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>
    /// Makes a call of the event's choosing, to the Runtime API unless an address is given (<c>{id}</c> stands for the
    /// request id), and answers with its status and body; answers nothing if it was this invocation's response.
    /// </summary>
    private byte[]? Call(JsonElement wish, string requestId)
    {
        var path = Text(wish, "path", "/").Replace("{id}", requestId);
        var headers = wish.TryGetProperty("header", out var header) ? header.GetString() + "\r\n" : null;
        var body = wish.TryGetProperty("body", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : null;
        var server = wish.TryGetProperty("address", out var other) ? new RuntimeApiClient(other.GetString()!) : api;
        var reply = server.Call(Text(wish, "method", "GET"), path, body, headers);
        if (path.EndsWith(requestId + "/response", StringComparison.Ordinal)) return null;
        return JsonSerializer.SerializeToUtf8Bytes($"{reply.Status} {Encoding.UTF8.GetString(reply.Body)}");
    }
}
