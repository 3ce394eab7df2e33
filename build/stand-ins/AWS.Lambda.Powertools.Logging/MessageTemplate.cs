using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>
/// A message by the rules of Microsoft.Extensions.Logging: each {name} or {name:format} takes the next argument, "{{"
/// is a brace. Without arguments the template is the text.
/// </summary>
internal sealed class MessageTemplate
{
    private readonly List<(string, object)> values = [];

    /// <exception cref="FormatException">There are more names than arguments.</exception>
    public MessageTemplate(string template, object[] args)
    {
        Text = args is { Length: > 0 } && template is not null ? Render(template, args) : template ?? "[null]";
    }

    public string Text { get; }

    /// <summary>
    /// The arguments under their names: simple values as they are, formatted ones as their text (a number where it is
    /// one), others as their text unless the name begins with @.
    /// </summary>
    public IReadOnlyList<(string Key, object Value)> Values => values;

    private string Render(string template, object[] args)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            var close = c == '{' ? template.IndexOf('}', i) : -1;
            if (close < 0)
            {
                text.Append(c);
                continue;
            }

            if (next == args.Length)
            {
                throw new FormatException(
                    $"The log message has more names than its {args.Length} arguments: {template}");
            }

            text.Append(Take(template[(i + 1)..close], args[next++]));
            i = close;
        }

        return text.ToString();
    }

    private string Take(string name, object value)
    {
        var colon = name.IndexOf(':');
        var format = colon < 0 ? null : name[(colon + 1)..];
        var key = colon < 0 ? name : name[..colon];
        var whole = key.StartsWith('@');
        values.Add((key.TrimStart('@'), whole ? value : Simple(value, format)));
        return value switch
        {
            null => "(null)",
            IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
            string text => text,
            IEnumerable items => string.Join(
                ", ", items.Cast<object>().Select(i => Convert.ToString(i, CultureInfo.InvariantCulture) ?? "(null)")),
            _ => value.ToString(),
        };
    }

    private static object Simple(object value, string format)
    {
        if (format is not null && value is IFormattable formattable)
        {
            var text = formattable.ToString(format, CultureInfo.InvariantCulture);
            return double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text;
        }

        return value is null or string or ValueType ? value : value.ToString();
    }
}
