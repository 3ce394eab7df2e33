using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <summary>Checks that operations share, and the stream that a request names.</summary>
internal static partial class StreamParameters
{
    public static ModelConstraints Stream(this ModelConstraints constraints, string? name, string? arn) => constraints
        .StreamName("streamName", name)
        .Length("streamARN", arn, 1, KinesisLimits.MaxArnCharacters)
        .Matches("streamARN", arn, StreamArn);

    public static ModelConstraints StreamName(this ModelConstraints constraints, string member, string? name) =>
        constraints
            .Length(member, name, 1, KinesisLimits.MaxStreamNameCharacters)
            .Matches(member, name, NameText);

    public static ModelConstraints ShardId(this ModelConstraints constraints, string member, string? id) => constraints
        .Length(member, id, 1, KinesisLimits.MaxShardIdCharacters)
        .Matches(member, id, NameText);

    public static ModelConstraints HashKey(this ModelConstraints constraints, string member, string? key) =>
        constraints.Matches(member, key, HashKeyText);

    public static ModelConstraints Number(this ModelConstraints constraints, string member, string? number) =>
        constraints.Matches(member, number, NumberText);

    /// <summary>The name of the stream that a request means.</summary>
    /// <param name="name">One of both is enough; where both are given, they must mean the same stream.</param>
    /// <exception cref="AwsException">InvalidArgumentException; ResourceNotFoundException: the ARN is of another
    /// account or Region.</exception>
    public static string NameOf(string? name, string? arn, CallScope scope)
    {
        if (arn is null)
            return name ?? throw KinesisErrors.InvalidArgument("Either StreamName or StreamARN must be provided.");
        var parsed = Arn.TryParse(arn)!;
        var named = parsed.Resource["stream/".Length..];
        if (parsed.Region != scope.Region || parsed.AccountId != scope.AccountId)
            throw KinesisErrors.StreamNotFound(new StreamPlace(named, parsed.AccountId));
        if (name is not null && name != named)
            throw KinesisErrors.InvalidArgument($"StreamARN {arn} and StreamName {name} are of different streams.");
        return named;
    }

    /// <summary>An instant as the protocol has it: seconds since 1970, with milliseconds.</summary>
    public static decimal Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1_000m;

    /// <exception cref="AwsException">InvalidArgumentException: there is no such instant.</exception>
    public static DateTimeOffset? Instant(decimal? seconds)
    {
        if (seconds is not { } given) return null;
        return given >= 0 && given <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(given * 1_000))
            : throw KinesisErrors.InvalidArgument($"The timestamp {given} is not valid.");
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NameText { get; }

    [GeneratedRegex(@"^arn:aws[^:]*:kinesis:[^:]*:[0-9]{12}:stream/\S+\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex StreamArn { get; }

    [GeneratedRegex(@"^(0|([1-9][0-9]{0,38}))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex HashKeyText { get; }

    [GeneratedRegex(@"^(0|([1-9][0-9]{0,128}))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NumberText { get; }
}
