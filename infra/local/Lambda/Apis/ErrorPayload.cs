using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Isobar.Local.Lambda.Apis;

/// <summary>Reads what a runtime posts to <c>/error</c> and <c>/init/error</c>.</summary>
/// <remarks>Source: the runtime interface emulator, <c>rapi/handler</c> and <c>fatalerror.go</c>.</remarks>
internal static partial class ErrorPayload
{
    private const string WithCause = "application/vnd.aws.lambda.error.cause+json";

    /// <returns>The error type for the log, and the JSON for the caller.</returns>
    public static async ValueTask<(string ErrorType, ReadOnlyMemory<byte> Payload)> ReadAsync(HttpRequest request)
    {
        var errorType = Normalize(request.Headers["Lambda-Runtime-Function-Error-Type"].ToString());
        var body = await RequestBody.ReadAsync(request);
        var hasCause = request.ContentType?.StartsWith(WithCause, StringComparison.OrdinalIgnoreCase) == true;
        return (errorType, hasCause ? WithoutCause(body.Bytes) : body.Bytes);
    }

    /// <summary>Maps what a runtime calls its error to the names that the platform's log uses.</summary>
    public static string Normalize(string errorType) => errorType switch
    {
        _ when Known().IsMatch(errorType) => errorType,
        _ when errorType.StartsWith("Function.", StringComparison.Ordinal) => "Function.Unknown",
        _ => "Runtime.Unknown",
    };

    // The cause is for X-Ray; callers never see it.
    private static ReadOnlyMemory<byte> WithoutCause(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var buffer = new ArrayBufferWriter<byte>(body.Length);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject())
                    if (!member.NameEquals("errorCause"u8)) member.WriteTo(writer);
                writer.WriteEndObject();
            }

            return buffer.WrittenMemory;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return "\"Invalid error body\""u8.ToArray();
        }
    }

    [GeneratedRegex(@"^(Runtime|Function)\.[A-Z][a-zA-Z]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
