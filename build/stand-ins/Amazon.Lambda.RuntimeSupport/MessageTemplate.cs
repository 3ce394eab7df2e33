using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A log message whose {name}s, {name:format}s or {0}s stand for arguments, in order or by position. Lists and
/// dictionaries stay as their token in the text; "{{" and a token without an argument are left as they are.
/// </summary>
internal sealed class MessageTemplate
{
    internal const string DateFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const int ShownBytes = 16;

    private readonly string template;
    private readonly object[] args;
    private readonly List<Token> tokens;
    private readonly bool positional;

    public MessageTemplate(string template, object[] args)
    {
        this.template = template ?? string.Empty;
        this.args = args ?? [];
        tokens = this.args.Length == 0 ? [] : Tokens(this.template).ToList();
        var positions = tokens.Select(t => int.TryParse(t.Name, out var n) ? n : -1).ToHashSet();
        positional = positions.Count > 0 && positions.Min() == 0 && positions.Max() == positions.Count - 1;
    }

    public string Render()
    {
        var text = new StringBuilder();
        var end = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!positional && i >= args.Length)
            {
                break;
            }

            text.Append(template, end, token.Start - end).Append(Render(token, Argument(i)));
            end = token.Start + token.Length;
        }

        return text.Append(template, end, template.Length - end).ToString();
    }

    /// <summary>The arguments under their names, without nulls; a format makes the value a text.</summary>
    public IEnumerable<(string Name, object Value)> Properties()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Argument(i) is { } value)
            {
                yield return (tokens[i].Name, tokens[i].Format is { } format ? Formatted(value, format) : value);
            }
        }
    }

    public static string Text(object value) => value switch
    {
        byte[] bytes when bytes.Length > ShownBytes =>
            Convert.ToHexString(bytes.AsSpan(0, ShownBytes)) + $"... ({bytes.Length} bytes)",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private object Argument(int token)
    {
        var index = positional ? int.Parse(tokens[token].Name, CultureInfo.InvariantCulture) : token;
        return index < args.Length ? args[index] : null;
    }

    private string Render(Token token, object value) => value switch
    {
        null => template.Substring(token.Start, token.Length),
        byte[] => Text(value),
        IList or IDictionary => template.Substring(token.Start, token.Length),
        _ when token.Format is { } format => Formatted(value, format),
        _ => Text(value),
    };

    private static string Formatted(object value, string format)
    {
        try
        {
            return string.Format(CultureInfo.CurrentCulture, "{0:" + format + "}", value);
        }
        catch (FormatException)
        {
            return value.ToString();
        }
    }

    private static IEnumerable<Token> Tokens(string template)
    {
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
            {
                yield break;
            }

            var escaped = template[open + 1] == '{';
            if (!escaped && close > open + 1)
            {
                yield return Parse(template[(open + 1)..close], open);
            }

            open = escaped ? open + 2 : close;
        }
    }

    private static Token Parse(string inside, int start)
    {
        var colon = inside.IndexOf(':');
        var name = (colon < 0 ? inside : inside[..colon]).Trim().TrimStart('@');
        var format = colon < 0 ? null : inside[(colon + 1)..].Trim();
        return new Token(start, inside.Length + 2, name, string.IsNullOrEmpty(format) ? null : format);
    }

    private sealed record Token(int Start, int Length, string Name, string Format);
}
