using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs;

/// <summary>Collects the constraints of the service's model that a request breaks, to refuse all of them at once.
/// </summary>
/// <remarks>Source: the API model of CloudWatch Logs, as botocore has it.</remarks>
internal sealed partial class ModelCheck
{
    private readonly List<string> broken = [];
    private bool isTooLong;

    /// <summary>Which characters a group's name has.</summary>
    [GeneratedRegex(@"^[\.\-_/#A-Za-z0-9]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex GroupCharacters();

    [GeneratedRegex(@"^[\w#+=/:,.@-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IdentifierCharacters();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TagCharacters();

    public ModelCheck GroupName(string? name, string member = "logGroupName", bool isRequired = true) =>
        Name(name, member, isRequired, GroupCharacters(), @"[\.\-_/#A-Za-z0-9]+");

    public ModelCheck StreamName(string? name, string member = "logStreamName", bool isRequired = true) =>
        Name(name, member, isRequired, null, "[^:*]*");

    /// <summary>A group's name or ARN.</summary>
    public ModelCheck Identifier(string? identifier, string member = "logGroupIdentifier")
    {
        if (identifier is null) return this;
        Length(identifier, member, 1, LogsLimits.MaxIdentifierCharacters);
        if (!IdentifierCharacters().IsMatch(identifier))
            Break(identifier, member, @"Member must satisfy regular expression pattern: [\w#+=/:,.@-]*");
        return this;
    }

    /// <summary>The ARN of a resource that has tags.</summary>
    public ModelCheck ResourceArn(string? arn) =>
        Required(arn, "resourceArn").Identifier(arn, "resourceArn");

    public ModelCheck Required(object? value, string member)
    {
        if (value is null) broken.Add(Sentence("null", member, "Member must not be null"));
        return this;
    }

    public ModelCheck Between(long? value, string member, long least, long most)
    {
        if (value < least) Break($"{value}", member, $"Member must have value greater than or equal to {least}");
        else if (value > most) Break($"{value}", member, $"Member must have value less than or equal to {most}");
        return this;
    }

    public ModelCheck Time(long? value, string member) => Between(value, member, 0, long.MaxValue);

    public ModelCheck Length(string? value, string member, int least, int most)
    {
        if (value?.Length < least) Break(value, member, $"Member must have length greater than or equal to {least}");
        else if (value?.Length > most) Break(value, member, $"Member must have length less than or equal to {most}");
        return this;
    }

    /// <param name="pattern">As the model writes it.</param>
    public ModelCheck Matches(string? value, string member, Regex allowed, string pattern)
    {
        if (value is not null && !allowed.IsMatch(value))
            Break(value, member, $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    /// <param name="shown">The list, as the sentence shows it.</param>
    public ModelCheck Count(int? count, string shown, string member, int least, int most)
    {
        if (count < least) Break(shown, member, $"Member must have length greater than or equal to {least}");
        else if (count > most) Break(shown, member, $"Member must have length less than or equal to {most}");
        return this;
    }

    public ModelCheck OneOf(string? value, string member, params IReadOnlyList<string> values)
    {
        if (value is not null && !values.Contains(value))
            Break(value, member, $"Member must satisfy enum value set: [{string.Join(", ", values)}]");
        return this;
    }

    public ModelCheck Tags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null) return this;
        Count(tags.Count, $"{{{string.Join(", ", tags.Keys)}}}", "tags", 1, LogsLimits.MaxTags);
        foreach (var (key, value) in tags)
        {
            Length(key, "tags", 1, LogsLimits.MaxTagKeyCharacters);
            Length(value, "tags", 0, LogsLimits.MaxTagValueCharacters);
            foreach (var text in (string[])[key, value])
                if (!TagCharacters().IsMatch(text))
                    Break(text, "tags",
                        @"Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$");
        }

        return this;
    }

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public void ThrowIfAny()
    {
        if (isTooLong) throw LogsErrors.NameTooLong();
        if (broken.Count > 0) throw LogsErrors.Constraints(broken);
    }

    private ModelCheck Name(string? name, string member, bool isRequired, Regex? allowed, string pattern)
    {
        if (name is null) return isRequired ? Required(name, member) : this;
        isTooLong |= name.Length > LogsLimits.MaxNameCharacters;
        if (name.Length == 0) return Length(name, member, 1, LogsLimits.MaxNameCharacters);
        if (allowed is null ? name.AsSpan().ContainsAny(':', '*') : !allowed.IsMatch(name))
            Break(name, member, $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    private void Break(string value, string member, string rule) => broken.Add(Sentence($"'{value}'", member, rule));

    private static string Sentence(string value, string member, string rule) =>
        $"Value {value} at '{member}' failed to satisfy constraint: {rule}";
}
