using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>Reads a pattern from left to right.</summary>
internal sealed class PatternScanner(string text)
{
    private int at;
    private int regularExpressions;

    public bool IsAtEnd => at >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[at];

    public void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(text[at])) at++;
    }

    /// <summary>Takes a text that comes next, after white space.</summary>
    public bool Take(string wanted)
    {
        SkipSpace();
        if (!text.AsSpan(at).StartsWith(wanted, StringComparison.Ordinal)) return false;
        at += wanted.Length;
        return true;
    }

    /// <summary>Takes a word that comes next, after white space, and is no part of a longer one.</summary>
    public bool TakeWord(string wanted)
    {
        SkipSpace();
        var end = at + wanted.Length;
        if (!text.AsSpan(at).StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
            || (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))) return false;
        at = end;
        return true;
    }

    /// <exception cref="AwsException">InvalidParameterException: something else comes next.</exception>
    public void Expect(string wanted)
    {
        if (!Take(wanted)) throw Unexpected($"'{wanted}'");
    }

    public string TakeWhile(Func<char, bool> isWanted)
    {
        var start = at;
        while (!IsAtEnd && isWanted(text[at])) at++;
        return text[start..at];
    }

    /// <summary>Reads a phrase in double quotation marks, in which a backslash takes the next character as it is.
    /// </summary>
    /// <exception cref="AwsException">InvalidParameterException: it does not end.</exception>
    public string Quoted()
    {
        var phrase = new StringBuilder();
        for (at++; !IsAtEnd; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return phrase.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            phrase.Append(text[at]);
        }

        throw LogsErrors.InvalidPattern("a quotation mark is not closed");
    }

    /// <summary>Reads a regular expression between percent signs.</summary>
    /// <exception cref="AwsException">InvalidParameterException: it is not supported, or one too many.</exception>
    public LogExpression Expression()
    {
        at++;
        var expression = TakeWhile(character => character != '%');
        if (IsAtEnd) throw LogsErrors.InvalidPattern("a percent sign is not closed");
        at++;
        return ++regularExpressions <= LogsLimits.MaxRegularExpressions
            ? new LogExpression(expression)
            : throw LogsErrors.InvalidPattern(
                $"it has more than {LogsLimits.MaxRegularExpressions} regular expressions");
    }

    public AwsException Unexpected(string wanted) => LogsErrors.InvalidPattern(
        IsAtEnd ? $"{wanted} is missing at its end" : $"{wanted} was expected at character {at + 1}");
}
