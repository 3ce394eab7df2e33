using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>How a term takes part.</summary>
internal enum TermUse
{
    /// <summary>The message has it.</summary>
    Include,

    /// <summary><c>-term</c>: the message has it not.</summary>
    Exclude,

    /// <summary><c>?term</c>: the message has one of these; ignored beside terms of other uses.</summary>
    Optional,
}

/// <summary>A word, a phrase or a regular expression, which is looked for anywhere in the message.</summary>
internal sealed record Term(TermUse Use, ReadOnlyMemory<byte> Bytes, LogExpression? Expression)
{
    public bool IsIn(ReadOnlyMemory<byte> message) => Expression is null
        ? message.Span.IndexOf(Bytes.Span) >= 0
        : Expression.IsIn(Encoding.UTF8.GetString(message.Span));
}

/// <summary>Terms for messages of any form; without one, every message matches.</summary>
internal sealed class TermPattern(IReadOnlyList<Term> terms) : FilterPattern
{
    private readonly Term[] optional = [.. terms.Where(term => term.Use == TermUse.Optional)];
    private readonly Term[] others = [.. terms.Where(term => term.Use != TermUse.Optional)];

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static new TermPattern Parse(string text)
    {
        var scanner = new PatternScanner(text);
        var terms = new List<Term>();
        for (scanner.SkipSpace(); !scanner.IsAtEnd; scanner.SkipSpace())
        {
            var use = scanner.Take("-") ? TermUse.Exclude : scanner.Take("?") ? TermUse.Optional : TermUse.Include;
            terms.Add(scanner.Current switch
            {
                '"' => new Term(use, Encoding.UTF8.GetBytes(scanner.Quoted()), null),
                '%' => new Term(use, default, scanner.Expression()),
                _ => new Term(use, Encoding.UTF8.GetBytes(Word(scanner)), null),
            });
        }

        return new TermPattern(terms);
    }

    public override bool Matches(ReadOnlyMemory<byte> message)
    {
        if (others.Length == 0)
            return optional.Length == 0 || Array.Exists(optional, term => term.IsIn(message));
        foreach (var term in others)
            if (term.IsIn(message) != (term.Use == TermUse.Include)) return false;
        return true;
    }

    private static string Word(PatternScanner scanner)
    {
        var word = scanner.TakeWhile(character => !char.IsWhiteSpace(character));
        return word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? word
            : throw LogsErrors.InvalidTerm(word);
    }
}
