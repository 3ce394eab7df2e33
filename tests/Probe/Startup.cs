using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>
/// What <c>PROBE_INIT</c> asks of the init phase; <c>…-once</c> only if it was not done in this environment.
/// </summary>
internal static class Startup
{
    /// <returns>False when the init failed: the process is to exit.</returns>
    public static bool Run(string? wish, string temporary, RuntimeApiClient api)
    {
        if (string.IsNullOrEmpty(wish)) return true;
        if (wish.EndsWith("-once", StringComparison.Ordinal))
        {
            var mark = Path.Combine(temporary, "init-was-tried");
            if (File.Exists(mark)) return true;
            File.WriteAllText(mark, "");
            wish = wish[..^5];
        }

        var (name, argument) = wish.Split(':', 2) is [var first, var second] ? (first, int.Parse(second)) : (wish, 0);
        switch (name)
        {
            case "fail":
                Console.Error.WriteLine("init fails");
                api.Call("POST", "/2018-06-01/runtime/init/error", ErrorJson("init failed"));
                return false;
            case "exit":
                Environment.Exit(argument);
                return false;
            case "register":
                for (var number = 1; number <= argument; number++) Register($"inner{number}", api);
                return true;
            case "sleep":
                Thread.Sleep(argument);
                return true;
            case "read":
                File.ReadAllBytes(Environment.GetEnvironmentVariable("CONTENT")!);
                return true;
            default:
                throw new ArgumentException($"PROBE_INIT={wish} is not known.");
        }
    }

    // Internal extensions; each then asks for its event on a connection of its own, which nobody waits for.
    private static void Register(string name, RuntimeApiClient api)
    {
        var reply = api.Call(
            "POST", "/2020-01-01/extension/register", """{"events":["INVOKE"]}"""u8.ToArray(),
            $"Lambda-Extension-Name: {name}\r\n");
        Console.WriteLine($"registered {name} {reply.Status} {Encoding.UTF8.GetString(reply.Body).TrimEnd()}");
        if (reply.Status != 200) return;
        Console.WriteLine($"{name} process {Environment.ProcessId}");
        var identifier = reply.Headers["lambda-extension-identifier"];
        new Thread(() =>
        {
            var own = new RuntimeApiClient(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
            while (true)
            {
                var given = own.Call(
                    "GET", "/2020-01-01/extension/event/next", null, $"Lambda-Extension-Identifier: {identifier}\r\n");
                Console.WriteLine($"{name} {Encoding.UTF8.GetString(given.Body).TrimEnd()}");
            }
        }) { IsBackground = true }.Start();
    }

    public static byte[] ErrorJson(string message) => Encoding.UTF8.GetBytes(
        $$"""{"errorType":"ThrownOnPurpose","errorMessage":"{{JsonEncodedText.Encode(message)}}","stackTrace":[]}""");
}
