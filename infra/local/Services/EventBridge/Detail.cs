using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Tells what can be an event's detail.</summary>
internal static class Detail
{
    // The event around it, and what reads the whole, need a little of the 64 levels that readers take.
    private const int MaxDepth = 60;

    /// <summary>Whether the text is a JSON object, all of whose texts can be read.</summary>
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
