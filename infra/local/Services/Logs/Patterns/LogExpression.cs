using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>A regular expression of a filter pattern: the part of the syntax that CloudWatch Logs has.</summary>
/// <remarks>Source: Amazon CloudWatch Logs User Guide, "Supported regular expressions (regex) syntax".</remarks>
internal sealed class LogExpression
{
    private const string Allowed = "_#=@/;,-:^$?[]{}|\\*+.";

    private readonly Regex regex;

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public LogExpression(string expression)
    {
        var isKnown = expression.All(
            character => char.IsAsciiLetterOrDigit(character) || Allowed.Contains(character, StringComparison.Ordinal));
        if (expression.Length == 0 || !isKnown)
            throw LogsErrors.InvalidPattern($"the regular expression %{expression}% is not supported");
        try
        {
            // Without backtracking, a reading takes time in proportion to the message.
            regex = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw LogsErrors.InvalidPattern($"the regular expression %{expression}% is not supported");
        }
    }

    public bool IsIn(string text) => regex.IsMatch(text);
}
