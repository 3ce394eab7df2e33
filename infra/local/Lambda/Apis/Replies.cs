using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>The answers that the APIs inside an environment have in common.</summary>
internal static class Replies
{
    private static readonly ReadOnlyMemory<byte> Ok = "{\"status\":\"OK\"}\n"u8.ToArray();

    /// <summary>202, or the refusal.</summary>
    public static Task AcknowledgeAsync(HttpContext http, Reject? refused) =>
        refused is null ? SendAsync(http, 202, "application/json", Ok) : RefuseAsync(http, refused);

    /// <summary>The lifecycle refused the call.</summary>
    public static Task RefuseAsync(HttpContext http, Reject refused) =>
        RefuseAsync(http, new Refusal(refused.ErrorType, refused.Status, refused.Message));

    /// <summary>The call was wrong before it could become a fact.</summary>
    public static Task RefuseAsync(HttpContext http, Refusal refusal) => JsonAsync(http, writer =>
    {
        writer.WriteString("errorMessage", refusal.Message);
        writer.WriteString("errorType", refusal.ErrorType);
    }, refusal.Status);

    /// <summary>An object of these APIs: compact JSON and a line feed.</summary>
    public static Task JsonAsync(HttpContext http, Action<Utf8JsonWriter> members, int status = 200)
    {
        using var stream = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return SendAsync(http, status, "application/json", stream.ToArray());
    }

    public static Task PongAsync(HttpContext http) => SendAsync(http, 200, "text/plain", "pong"u8.ToArray());

    public static Task NotFoundAsync(HttpContext http) =>
        SendAsync(http, 404, "text/plain; charset=utf-8", "404 page not found\n"u8.ToArray());

    public static async Task SendAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }
}
