namespace Isobar.Local.Patterns;

/// <summary>Text in which <c>*</c> stands for any characters; <c>\*</c> and <c>\\</c> stand for themselves.</summary>
internal sealed class Wildcard
{
    /// <summary>AWS limits how complex a pattern is; this bound agrees with its recorded answers.</summary>
    private const int MaxStars = 5;

    // The literal pieces between the stars: one more than there are stars.
    private readonly IReadOnlyList<string> pieces;

    private Wildcard(IReadOnlyList<string> pieces) => this.pieces = pieces;

    /// <returns>The wildcard, or AWS's error text and whether that has a position.</returns>
    /// <remarks>Positions count from the opening quote, as AWS's do.</remarks>
    public static (Wildcard? Wildcard, string? Fault, bool HasPlace) Read(string text)
    {
        var pieces = new List<string>();
        var piece = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                if (i + 1 == text.Length || text[i + 1] is not ('*' or '\\'))
                    return (null, $"Invalid escape character at pos {i + 1}", true);
                piece.Append(text[++i]);
            }
            else if (text[i] != '*') piece.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '*')
            {
                return (null, $"Consecutive wildcard characters at pos {i + 1}", true);
            }
            else
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
        }

        pieces.Add(piece.ToString());
        return pieces.Count - 1 <= MaxStars
            ? (new Wildcard(pieces), null, false)
            : (null, "Rule is too complex - try using fewer wildcard characters or fewer repeating character "
                + "sequences after a wildcard character", false);
    }

    public bool Matches(string text)
    {
        if (pieces.Count == 1) return text == pieces[0];
        var (first, last) = (pieces[0], pieces[^1]);
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
            return false;
        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        foreach (var piece in pieces.Skip(1).Take(pieces.Count - 2))
        {
            var at = rest.IndexOf(piece, StringComparison.Ordinal);
            if (at < 0) return false;
            rest = rest[(at + piece.Length)..];
        }

        return true;
    }
}
