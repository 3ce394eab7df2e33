using System.Text.RegularExpressions;
using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Regular expressions that a definition holds; each is bounded in time when it is used.</summary>
internal static class BoundedRegex
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    /// <summary>A pattern that must match from the first character to the last, as Java's <c>matches</c>.</summary>
    /// <returns>Null after an error about <paramref name="name"/>.</returns>
    public static Regex? Whole(PropertyReader at, string name, string pattern) => Read(at, name, $@"^(?:{pattern})\z");

    /// <returns>Null after an error about <paramref name="name"/>.</returns>
    public static Regex? Read(PropertyReader at, string name, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Bound);
        }
        catch (ArgumentException e)
        {
            at.Refuse(name, $"is no regular expression: {e.Message}");
            return null;
        }
    }

    /// <summary>A match that takes too long is none.</summary>
    public static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
