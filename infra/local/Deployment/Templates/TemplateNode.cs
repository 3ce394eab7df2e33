using System.Globalization;

namespace Isobar.Local.Deployment.Templates;

/// <summary>A read-only part of a template, with its location.</summary>
/// <remarks>Functions are kept in their long form: <c>!Ref X</c> is the mapping <c>Ref: X</c>.</remarks>
internal abstract record TemplateNode(SourceLocation Location)
{
    /// <summary>Its kind, for messages: "a string", "a list", "a map".</summary>
    public abstract string Kind { get; }
}

/// <param name="IsPlain">Written without quotes, so <c>5</c> and <c>true</c> are a number and a boolean.</param>
internal sealed record TemplateScalar(SourceLocation Location, string Text, bool IsPlain) : TemplateNode(Location)
{
    public override string Kind => "a string";

    /// <summary>The boolean this writes, quoted or not; null when it writes none.</summary>
    public bool? AsBoolean() => bool.TryParse(Text, out var value) ? value : null;

    /// <summary>The number this writes, quoted or not; null when it writes none.</summary>
    public decimal? AsNumber() =>
        decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}

internal sealed record TemplateSequence(SourceLocation Location, IReadOnlyList<TemplateNode> Items)
    : TemplateNode(Location)
{
    public override string Kind => "a list";
}

/// <param name="Entries">In the order written; keys are unique.</param>
internal sealed record TemplateMapping(SourceLocation Location, IReadOnlyList<TemplateEntry> Entries)
    : TemplateNode(Location)
{
    public override string Kind => "a map";

    public TemplateEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key) return entry;
        }

        return null;
    }

    /// <summary>A copy in which <paramref name="key"/> has another value, at the end if it is new.</summary>
    public TemplateMapping With(string key, TemplateNode value)
    {
        var replacement = new TemplateEntry(key, Find(key)?.KeyLocation ?? value.Location, value);
        return Find(key) is null
            ? this with { Entries = [.. Entries, replacement] }
            : this with { Entries = [.. Entries.Select(entry => entry.Key == key ? replacement : entry)] };
    }
}

internal sealed record TemplateEntry(string Key, SourceLocation KeyLocation, TemplateNode Value);
