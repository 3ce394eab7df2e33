using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>
/// The Probe as an external extension: <c>Probe.dll extension NAME INVOKE,SHUTDOWN [behaviour …]</c>. It says every
/// event on its standard output.
/// </summary>
internal sealed class ExtensionProbe(string[] behaviour)
{
    private const string Prefix = "/2020-01-01/extension/";

    private readonly RuntimeApiClient api = new(Variable("AWS_LAMBDA_RUNTIME_API")!);
    private readonly Ballast ballast = new();
    private string identity = "";

    public static int Run(string name, string events, string[] behaviour) =>
        new ExtensionProbe(behaviour).Run(name, events);

    private int Run(string name, string events)
    {
        if (Asked("idle")) Thread.Sleep(Timeout.Infinite);
        if (Asked("process")) Console.WriteLine($"{name} process {Environment.ProcessId}");
        if (Asked("proxy")) _ = new RuntimeProxy(Variable("AWS_LAMBDA_RUNTIME_API")!, Path.GetTempPath());
        if (Asked("parameter")) FetchParameter(name);
        Thread.Sleep(Number("delay"));
        var wanted = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]>
        {
            ["events"] = events.Split(',', StringSplitOptions.RemoveEmptyEntries),
        });
        var reply = api.Call(
            "POST", Prefix + "register", wanted,
            $"Lambda-Extension-Name: {name}\r\nLambda-Extension-Accept-Feature: accountId\r\n");
        Console.WriteLine($"{name} registered {reply.Status} {Text(reply)}");
        if (reply.Status != 200) return 1;
        identity = $"Lambda-Extension-Identifier: {reply.Headers["lambda-extension-identifier"]}\r\n";
        if (Asked("environment"))
        {
            var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
            Console.WriteLine("variables " + string.Join(' ', names));
        }

        if (Asked("init-error")) return Fail("init");
        if (Asked("subscribe") || Asked("subscribe-logs") || Asked("stall")) Subscribe(name);
        if (Asked("share"))
            File.WriteAllText(
                Path.Combine(Path.GetTempPath(), "note"),
                $"{Variable("AWS_ACCESS_KEY_ID")} {Variable("SHARED")} {Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")}");
        if (Asked("write"))
            File.WriteAllText(Path.Combine(Path.GetTempPath(), "note"), "from " + name);
        return Listen(name);
    }

    private int Listen(string name)
    {
        while (true)
        {
            var given = api.Call("GET", Prefix + "event/next", null, identity);
            using var body = JsonDocument.Parse(given.Body);
            var left = body.RootElement.GetProperty("deadlineMs").GetInt64()
                - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            Console.WriteLine($"{name} event {left} {Text(given)}");
            if (body.RootElement.GetProperty("eventType").GetString() == "SHUTDOWN") return 0;
            if (Asked("subscribe-late")) Subscribe(name);
            if (Asked("wait")) Gate.Pass();
            ballast.Take(Number("allocate"));
            Thread.Sleep(Number("linger"));
            if (Asked("exit-error")) return Fail("exit");
            if (Asked("exit")) return Number("exit");
            if (Asked("linger") || Asked("wait")) Console.WriteLine($"{name} done");
        }
    }

    /// <summary>Puts the value of a parameter into a file, before the function starts.</summary>
    private static void FetchParameter(string name)
    {
        using var answer = AwsCall.Make(
            "ssm", "AmazonSSM.GetParameter", "1.1", new() { ["Name"] = Variable("PARAMETER")! });
        var value = answer.RootElement.GetProperty("Parameter").GetProperty("Value").GetString();
        File.WriteAllText(Path.Combine(Path.GetTempPath(), "note"), value);
        Console.WriteLine($"{name} fetched");
    }

    private void Subscribe(string name)
    {
        var reply = new TelemetryProbe(name, answers: !Asked("stall")).Subscribe(
            api, identity, older: Asked("subscribe-logs"));
        Console.WriteLine($"{name} subscribed {reply.Status} {Text(reply)}");
    }

    private int Fail(string during)
    {
        var reply = api.Call(
            "POST", $"{Prefix}{during}/error", "{}"u8.ToArray(),
            identity + "Lambda-Extension-Function-Error-Type: Probe.Failed\r\n");
        Console.WriteLine($"told {reply.Status} {Text(reply)}");
        return 1;
    }

    private bool Asked(string what) => behaviour.Any(word => word.Split(':')[0] == what);

    private int Number(string what) => behaviour.Select(word => word.Split(':'))
        .Where(parts => parts[0] == what).Select(parts => int.Parse(parts[1])).FirstOrDefault();

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    private static string Text(Reply reply) => Encoding.UTF8.GetString(reply.Body).TrimEnd();
}
