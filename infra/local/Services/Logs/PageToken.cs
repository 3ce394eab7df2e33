using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.Logs;

/// <summary>The token of a further page: what the page begins after, for which question, and when it was issued.
/// </summary>
/// <param name="After">The last name or event of the page before.</param>
/// <param name="Question">A hash of everything else of the request; another question can't use the token.</param>
/// <param name="Issued">In milliseconds since 1970.</param>
internal sealed record PageToken(string? After, string? Question, long Issued)
{
    private const int HashCharacters = 16;

    /// <param name="question">Everything of the request but its token and limit.</param>
    public static string Write(string after, string question, DateTimeOffset now) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
            new PageToken(after, Hash(question), now.ToUnixTimeMilliseconds()), LogsJson.Wire.PageToken));

    /// <returns>What the page begins after; null for the first page.</returns>
    /// <exception cref="Wire.AwsException">InvalidParameterException: no token of this question, or older than a day.
    /// </exception>
    public static string? Read(string? token, string question, DateTimeOffset now)
    {
        if (token is null) return null;
        if (Parse(token) is not { After: { } after } read || read.Question != Hash(question)
            || now.ToUnixTimeMilliseconds() - read.Issued > LogsLimits.TokenLife.TotalMilliseconds)
            throw LogsErrors.InvalidToken();
        return after;
    }

    private static string Hash(string question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..HashCharacters];

    private static PageToken? Parse(string token)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token), LogsJson.Wire.PageToken);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }
}
