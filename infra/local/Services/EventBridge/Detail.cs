using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Checks what an event's detail may be.</summary>
internal static class Detail
{
    // JSON readers take 64 levels; the event around the detail needs some of them.
    private const int MaxDepth = 60;

    /// <summary>Whether the text is a JSON object whose strings are all valid.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
