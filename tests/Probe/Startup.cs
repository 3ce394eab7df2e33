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
            case "sleep":
                Thread.Sleep(argument);
                return true;
            default:
                throw new ArgumentException($"PROBE_INIT={wish} is not known.");
        }
    }

    public static byte[] ErrorJson(string message) => Encoding.UTF8.GetBytes(
        $$"""{"errorType":"ThrownOnPurpose","errorMessage":"{{JsonEncodedText.Encode(message)}}","stackTrace":[]}""");
}
