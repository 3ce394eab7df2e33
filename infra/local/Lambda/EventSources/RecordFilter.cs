using System.Text.Json;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The filter criteria of a mapping: a record passes if one of the patterns matches it.</summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Control which events Lambda sends to your function".</remarks>
internal sealed class RecordFilter
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private readonly EventPattern[] patterns;

    private RecordFilter(IReadOnlyList<string> sources, EventPattern[] patterns) =>
        (Sources, this.patterns) = (sources, patterns);

    /// <summary>Lets every record pass.</summary>
    public static RecordFilter Everything { get; } = new([], []);

    /// <summary>The patterns as they were given.</summary>
    public IReadOnlyList<string> Sources { get; }

    public bool IsEverything => patterns.Length == 0;

    /// <summary>Reads patterns.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException: too many, or one that is no pattern.</exception>
    public static RecordFilter Read(IReadOnlyList<string> sources)
    {
        if (sources.Count == 0) return Everything;
        if (sources.Count > MappingLimits.MaxFilters)
            throw LambdaErrors.InvalidParameter(
                $"A mapping has at most {MappingLimits.MaxFilters} filters; these are {sources.Count}.");
        try
        {
            return new RecordFilter(
                sources, [.. sources.Select(source => EventPattern.Read(source, PatternDialect.EventBridge))]);
        }
        catch (PatternException)
        {
            throw LambdaErrors.InvalidParameter("Invalid filter pattern definition.");
        }
    }

    /// <param name="record">As filters see it, UTF-8 JSON.</param>
    public bool Matches(ReadOnlyMemory<byte> record)
    {
        if (IsEverything) return true;
        using var document = JsonDocument.Parse(record, Deep);
        return Array.Exists(patterns, pattern => pattern.Matches(document.RootElement));
    }
}
