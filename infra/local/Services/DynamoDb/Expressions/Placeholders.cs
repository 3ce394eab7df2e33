using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>A request's expressions and what the placeholders in them stand for; each has to be used.</summary>
internal sealed class Placeholders
{
    private readonly IReadOnlyDictionary<string, string>? names;
    private readonly AttributeMap? values;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <param name="expressions">All that the operation takes, given or not, in AWS's order.</param>
    /// <exception cref="AwsException">ValidationException: malformed placeholders, or no expression to use
    /// them.</exception>
    public Placeholders(
        IReadOnlyDictionary<string, string>? names, PlaceholderValues? values,
        params ReadOnlySpan<(string Kind, string? Text)> expressions)
    {
        this.names = names;
        this.values = values?.Values;
        var kinds = new List<string>();
        var (any, anyWithValues) = (false, false);
        foreach (var (kind, text) in expressions)
        {
            any |= text is not null;
            if (kind == "ProjectionExpression") continue;
            anyWithValues |= text is not null;
            kinds.Add(kind);
        }

        if (names is not null && !any) throw ExpressionErrors.NamesWithoutExpression();
        if (values is not null && !anyWithValues) throw ExpressionErrors.ValuesWithoutExpression(kinds);
        Check("ExpressionAttributeNames", names?.Keys, '#');
        if (names?.FirstOrDefault(entry => string.IsNullOrEmpty(entry.Value)).Key is { } empty)
            throw ExpressionErrors.EmptyName(empty);
        Check("ExpressionAttributeValues", this.values?.Names, ':');
    }

    /// <returns>The attribute name, or null when the placeholder is not defined.</returns>
    public string? Name(string placeholder)
    {
        used.Add(placeholder);
        return names?.GetValueOrDefault(placeholder);
    }

    /// <returns>The value, or null when the placeholder is not defined.</returns>
    public AttributeValue? Value(string placeholder)
    {
        used.Add(placeholder);
        return values?[placeholder];
    }

    /// <exception cref="AwsException">ValidationException: some placeholders are in no expression.</exception>
    public void RefuseUnused()
    {
        if (Unused(names?.Keys) is { Length: > 0 } unusedNames) throw ExpressionErrors.UnusedNames(unusedNames);
        if (Unused(values?.Names) is { Length: > 0 } unusedValues) throw ExpressionErrors.UnusedValues(unusedValues);
    }

    private static void Check(string parameter, IEnumerable<string>? placeholders, char sigil)
    {
        if (placeholders is null) return;
        var any = false;
        foreach (var placeholder in placeholders)
        {
            any = true;
            if (placeholder.Length < 2 || placeholder[0] != sigil
                || !placeholder.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw ExpressionErrors.InvalidPlaceholder(parameter, placeholder);
        }

        if (!any) throw ExpressionErrors.NoPlaceholders(parameter);
    }

    private string[] Unused(IEnumerable<string>? placeholders) =>
        placeholders?.Where(placeholder => !used.Contains(placeholder)).ToArray() ?? [];
}
