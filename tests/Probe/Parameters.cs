using System.Text.Json;

namespace Isobar.Probe;

/// <summary>Asks the Parameters and Secrets extension, as AWS's guide shows it.</summary>
internal static class Parameters
{
    /// <summary>
    /// A parameter, decrypted: the status, its value (null with another status than 200) and the header that tells how
    /// stale it is.
    /// </summary>
    public static byte[] Get(string name)
    {
        var token = Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN");
        var extension = new RuntimeApiClient("127.0.0.1:2773");
        var reply = extension.Call(
            "GET", $"/systemsmanager/parameters/get?name={Uri.EscapeDataString(name)}&withDecryption=true", null,
            $"X-Aws-Parameters-Secrets-Token: {token}\r\nConnection: close\r\n");
        extension.Close();
        string? value = null;
        if (reply.Status == 200)
        {
            using var body = JsonDocument.Parse(reply.Body);
            value = body.RootElement.GetProperty("Parameter").GetProperty("Value").GetString();
        }

        reply.Headers.TryGetValue("x-parameters-stale-seconds", out var stale);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", reply.Status);
            writer.WriteString("value", value);
            writer.WriteString("stale", stale);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
