using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The body of a request that a function returned.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Access the request body by choosing the include body option" and
/// "Restrictions on the request body with the include body option".
/// </remarks>
internal static class BodyResult
{
    /// <param name="before">What the function was given; null where it was given none.</param>
    /// <returns>Null when the viewer's body stays.</returns>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static byte[]? Read(JsonElement returned, EventBody? before, EventLimits limits)
    {
        if (before is null || !returned.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
            return null;
        if (body.ValueKind != JsonValueKind.Object) throw new InvalidResultException("The body is not an object.");
        if (body.TryGetProperty("inputTruncated", out var truncated)
            && truncated.ValueKind != (before.InputTruncated ? JsonValueKind.True : JsonValueKind.False))
            throw new InvalidResultException("The function tried to change the read-only inputTruncated.");
        return (ResultReader.Text(body, "action") ?? "read-only") switch
        {
            "read-only" => null,
            "replace" => Replacement(body, limits),
            _ => throw new InvalidResultException("The action of the body is neither read-only nor replace."),
        };
    }

    private static byte[] Replacement(JsonElement body, EventLimits limits)
    {
        var data = ResultReader.Text(body, "data") ?? "";
        switch (ResultReader.Text(body, "encoding") ?? "base64")
        {
            case "text":
                var text = Encoding.UTF8.GetBytes(data);
                return text.Length <= limits.MaxBodyBytes ? text : throw TooLarge(limits.MaxBodyBytes);
            case "base64":
                if (data.Length > limits.MaxBase64Characters) throw TooLarge(limits.MaxBase64Characters);
                return Base64.IsValid(data)
                    ? Convert.FromBase64String(data)
                    : throw new InvalidResultException("The data of the body is not base64.");
            default:
                throw new InvalidResultException("The encoding of the body is neither text nor base64.");
        }
    }

    private static InvalidResultException TooLarge(int bytes) =>
        new($"The body that replaces the viewer's is larger than {bytes} bytes.");
}
