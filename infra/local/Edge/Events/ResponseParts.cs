using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The parts of a response that a function made.</summary>
internal static class ResponseParts
{
    /// <returns>200 to 599.</returns>
    public static int Status(JsonElement returned) =>
        ResultReader.Text(returned, "status") is { Length: 3 } status
        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && code is >= 200 and <= 599
            ? code
            : throw new InvalidResultException("The status is not a text from 200 to 599.");

    /// <returns>Null when there is none.</returns>
    public static byte[]? Body(JsonElement returned)
    {
        if (ResultReader.Text(returned, "body") is not { } text) return null;
        switch (ResultReader.Text(returned, "bodyEncoding") ?? "text")
        {
            case "text":
                return Encoding.UTF8.GetBytes(text);
            case "base64":
                var bytes = new byte[text.Length];
                return Convert.TryFromBase64String(text, bytes, out var length)
                    ? bytes[..length]
                    : throw new InvalidResultException("The body is not base64.");
            default:
                throw new InvalidResultException("The bodyEncoding is neither text nor base64.");
        }
    }

    public static void CheckSize(byte[] body, HeaderMap headers, EventLimits limits)
    {
        if (body.Length + headers.WireLength() > limits.MaxGeneratedBytes)
            throw new InvalidResultException(
                $"The response with its headers is larger than {limits.MaxGeneratedBytes} bytes.");
    }
}
