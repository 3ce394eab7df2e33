using System.Text.RegularExpressions;

namespace Isobar.Local.Services.Ssm.Operations;

/// <summary>One condition of a list of parameters.</summary>
/// <param name="Option">How it compares; null for the key's default.</param>
/// <param name="Values">Any of them will do.</param>
internal sealed partial record ParameterFilter(string? Key, string? Option, string[]? Values)
{
    private const string NameKey = "Name";
    private const string PathKey = "Path";
    private const string LabelKey = "Label";
    private const string TagPrefix = "tag:";
    private const string EqualTo = "Equals";
    private const string BeginsWith = "BeginsWith";
    private const string Contains = "Contains";
    private const string Recursive = "Recursive";
    private const string OneLevel = "OneLevel";

    private static readonly string[] KeysByPath = ["Type", "KeyId", LabelKey];
    private static readonly string[] KeysOfDescribe = [PathKey, NameKey, "Type", "KeyId", "Tier", "DataType"];

    /// <summary>Checks the filters of one request.</summary>
    /// <param name="byPath">Whether the request is GetParametersByPath.</param>
    /// <exception cref="Wire.AwsException">ValidationException, InvalidFilterKey, InvalidFilterOption,
    /// InvalidFilterValue.</exception>
    /// <remarks>Source: AWS Systems Manager API Reference, ParameterStringFilter; texts as AWS answers.</remarks>
    public static IReadOnlyList<ParameterFilter> Checked(ParameterFilter[]? filters, bool byPath)
    {
        HashSet<string> keys = [];
        foreach (var filter in filters ?? [])
        {
            new ModelConstraints()
                .Required("parameterFilters.member.key", filter.Key)
                .Matches("parameterFilters.member.key", filter.Key, KeyPattern())
                .ThrowIfAny();
            filter.Check(byPath);
            if (!keys.Add(filter.Key!)) throw SsmErrors.DuplicateFilter(filter.Key!);
        }

        return filters ?? [];
    }

    public bool IsMetBy(Parameter parameter)
    {
        var latest = parameter.Latest;
        return Key switch
        {
            NameKey => Values!.Any(value => Compare(
                AsPath(latest.Name), Option == Contains ? value : AsPath(value))),
            PathKey => Values!.Any(value => IsBelow(latest.Name, value, Option == Recursive)),
            LabelKey => parameter.Versions.Any(version => version.Labels.Intersect(Values!).Any()),
            "Type" => Values!.Any(value => Compare(latest.Type, value)),
            "Tier" => Values!.Contains(latest.Tier),
            "DataType" => Values!.Any(value => Compare(ParameterKinds.TextData, value)),
            "KeyId" => latest.KeyId is { } keyId && Values!.Any(value => Compare(keyId, value)),
            _ => parameter.Tags.TryGetValue(Key![TagPrefix.Length..], out var tag)
                && (Values is not { Length: > 0 } || Values.Any(value => Compare(tag, value))),
        };
    }

    /// <summary>Whether a parameter is in a path of its hierarchy, or anywhere below it.</summary>
    public static bool IsBelow(string name, string path, bool recursive)
    {
        var (full, prefix) = (AsPath(name), path.TrimEnd('/') + '/');
        return full.StartsWith(prefix, StringComparison.Ordinal)
            && (recursive || !full.AsSpan(prefix.Length).Contains('/'));
    }

    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public static void CheckPath(string path)
    {
        if (!PathPattern().IsMatch(path)) throw SsmErrors.InvalidPath();
    }

    private static string AsPath(string name) => name.StartsWith('/') ? name : '/' + name;

    private void Check(bool byPath)
    {
        var isTag = Key!.StartsWith(TagPrefix, StringComparison.Ordinal);
        var valid = byPath ? KeysByPath : KeysOfDescribe;
        if ((isTag && byPath) || (!isTag && !valid.Contains(Key)))
            throw SsmErrors.InvalidFilterKey(Key, byPath ? "Type, KeyId" : "Path, Name, Type, KeyId, Tier");
        if (Values is not { Length: > 0 } && !isTag) throw SsmErrors.MissingFilterValues(Key);
        CheckOption();
        foreach (var value in Values ?? [])
        {
            if (Key == PathKey) CheckPath(value);
            if (Key == "Type") OneOf(value, Option == BeginsWith ? null : "String, StringList, SecureString");
            if (Key == "Tier") OneOf(value, "Standard, Advanced, Intelligent-Tiering");
        }
    }

    private void CheckOption()
    {
        if (Option is null) return;
        var valid = Key switch
        {
            PathKey => "Recursive, OneLevel",
            NameKey => "BeginsWith, Equals, Contains",
            LabelKey or "Tier" => EqualTo,
            _ => "BeginsWith, Equals",
        };
        if (!valid.Split(", ").Contains(Option)) throw SsmErrors.InvalidFilterOption(Option, valid);
    }

    private static void OneOf(string value, string? valid)
    {
        if (valid is not null && !valid.Split(", ").Contains(value))
            throw SsmErrors.InvalidFilterValue(value, valid);
    }

    private bool Compare(string text, string value) => Option switch
    {
        BeginsWith => text.StartsWith(value, StringComparison.Ordinal),
        Contains => text.Contains(value, StringComparison.Ordinal),
        _ => text == value,
    };

    [GeneratedRegex(@"^(tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType)\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^/([a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*/?)?\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PathPattern();
}
