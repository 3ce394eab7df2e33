using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>Compares a value of a message with one of the pattern.</summary>
/// <remarks>Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax …", for JSON and for space-delimited
/// events.</remarks>
internal sealed class ValueTest
{
    private static readonly string[] Operators = ["!=", ">=", "<=", "=", ">", "<"];

    private readonly string comparison;
    private readonly string text;
    private readonly double? number;
    private readonly LogExpression? expression;

    private ValueTest(string comparison, string text, double? number, LogExpression? expression) =>
        (this.comparison, this.text, this.number, this.expression) = (comparison, text, number, expression);

    /// <summary>Reads an operator and a value; null when no operator comes next.</summary>
    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static ValueTest? Read(PatternScanner scanner)
    {
        if (Operators.FirstOrDefault(scanner.Take) is not { } comparison) return null;
        scanner.SkipSpace();
        var isQuoted = scanner.Current == '"';
        if (scanner.Current == '%')
        {
            var expression = scanner.Expression();
            return comparison is "=" or "!="
                ? new ValueTest(comparison, "", null, expression)
                : throw scanner.Unexpected("= or != with a regular expression");
        }

        var text = isQuoted ? scanner.Quoted() : scanner.TakeWhile(IsBare);
        if (!isQuoted && text.Length == 0) throw scanner.Unexpected("a value");
        var number = isQuoted ? null : Number(text);
        return number is null && comparison is not ("=" or "!=")
            ? throw scanner.Unexpected("a number")
            : new ValueTest(comparison, text, number, null);
    }

    /// <param name="value">As it is written in the message.</param>
    /// <param name="valueNumber">The number that it is; null for anything else.</param>
    public bool Holds(string value, double? valueNumber)
    {
        if (comparison is "=") return IsEqual(value, valueNumber);
        if (comparison is "!=") return !IsEqual(value, valueNumber);
        if (valueNumber is not { } left || number is not { } right) return false;
        return comparison switch
        {
            ">" => left > right,
            ">=" => left >= right,
            "<" => left < right,
            _ => left <= right,
        };
    }

    public static double? Number(string text) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    private static bool IsBare(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '*' or '+' or '/' or ':';

    private bool IsEqual(string value, double? valueNumber)
    {
        if (expression is not null) return expression.IsIn(value);
        if (number is not null && valueNumber is not null) return number == valueNumber;
        return text switch
        {
            "*" => true,
            ['*', .. var middle, '*'] => value.Contains(middle, StringComparison.Ordinal),
            ['*', .. var end] => value.EndsWith(end, StringComparison.Ordinal),
            [.. var start, '*'] => value.StartsWith(start, StringComparison.Ordinal),
            _ => value == text,
        };
    }
}
