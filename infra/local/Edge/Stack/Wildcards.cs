namespace Isobar.Local.Edge.Stack;

/// <summary>Patterns in which <c>*</c> stands for any number of characters and <c>?</c> for one.</summary>
internal static class Wildcards
{
    /// <remarks>A star takes as little as it can, and more where the rest does not match: no recursion.</remarks>
    public static bool Matches(string pattern, string text)
    {
        var (at, position, star, retry) = (0, 0, -1, 0);
        while (position < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at++, position);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[position]))
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }
}
