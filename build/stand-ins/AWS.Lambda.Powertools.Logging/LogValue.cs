using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>
/// Values as JSON, without reflection: an object of another kind is refused, since it would be left out.
/// </summary>
internal static class LogValue
{
    public static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case char letter: json.WriteStringValue(letter.ToString()); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case Enum or sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number: json.WriteNumberValue(number); break;
            case float number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            case Guid id: json.WriteStringValue(id); break;
            case TimeSpan span: json.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture)); break;
            case DateOnly date: json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case Exception error: WriteException(json, error); break;
            case IDictionary pairs: WritePairs(json, pairs); break;
            case IEnumerable items: WriteItems(json, items); break;
            default:
                throw new NotSupportedException(
                    $"The stand-in of AWS.Lambda.Powertools.Logging can't write a {value.GetType()} as a log value.");
        }
    }

    public static void WriteException(Utf8JsonWriter json, Exception error)
    {
        json.WriteStartObject();
        json.WriteString(KeyCase.Convert("Type"), error.GetType().FullName);
        var texts = new[] { ("Message", error.Message), ("Source", error.Source), ("StackTrace", error.StackTrace) };
        foreach (var (key, text) in texts)
        {
            if (text is not null)
            {
                json.WriteString(KeyCase.Convert(key), text);
            }
        }

        if (error.InnerException is not null)
        {
            json.WritePropertyName(KeyCase.Convert("InnerException"));
            WriteException(json, error.InnerException);
        }

        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, IDictionary pairs)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry pair in pairs)
        {
            json.WritePropertyName(KeyCase.Convert(pair.Key.ToString()!));
            Write(json, pair.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }
}
