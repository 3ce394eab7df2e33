using System.Globalization;
using System.Text.Json.Serialization;

namespace Isobar.Local.Experiments;

/// <summary>What an experiment has come to, as the private page shows it.</summary>
/// <param name="From">When the first request that counted was answered; null before there was one.</param>
/// <param name="Mixed">Viewers who saw several variants; in none of the counts.</param>
/// <param name="Difference">Null while a variant has no viewer.</param>
internal sealed record ReadOut(
    DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<VariantCount> Variants, long Mixed, Difference? Difference)
{
    public static ReadOut Of(
        (DateTimeOffset From, DateTimeOffset To)? span, IReadOnlyList<VariantCount> variants, long mixed) => new(
        span?.From, span?.To, variants, mixed,
        variants is [{ Viewers: > 0 } control, { Viewers: > 0 } other] ? Difference.Between(other, control) : null);

    /// <summary>The lines that the command prints.</summary>
    public IEnumerable<string> Lines()
    {
        if (From is null)
        {
            yield return "No request of the log counts: nobody has seen a home page.";
            yield break;
        }

        yield return Text($"{From:yyyy-MM-dd HH:mm:ss} to {To:yyyy-MM-dd HH:mm:ss} UTC");
        foreach (var variant in Variants)
        {
            yield return variant.Interval is not { } within
                ? $"{variant.Name}: no viewers"
                : Text($"{variant.Name}: {variant.Viewers:N0} viewers, {variant.Converted:N0} went on: ")
                    + Text($"{variant.Share:P1} ({within.Low:P1} to {within.High:P1})");
        }

        if (Mixed > 0) yield return Text($"left out, because they saw both: {Mixed:N0}");
        if (Difference is { Interval: var range } difference)
            yield return Text($"{difference.Of}: {Points(difference.Value)}, with 95 % confidence ")
                + $"{Points(range.Low)} to {Points(range.High)}: "
                + (difference.IsClear ? "a difference" : "no difference that chance does not explain");
    }

    private static string Points(double share) => Text($"{share * 100:+0.0;−0.0;0.0} points");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The viewers of a variant.</summary>
/// <param name="Converted">Those of them who went on, then or later.</param>
/// <param name="Share">Null without viewers.</param>
/// <param name="Interval">At 95 % confidence.</param>
internal sealed record VariantCount(string Name, long Viewers, long Converted, double? Share, Interval? Interval)
{
    public static VariantCount Of(string name, long viewers, long converted) => viewers == 0
        ? new VariantCount(name, 0, 0, null, null)
        : new VariantCount(
            name, viewers, converted, new Share(converted, viewers).Value, new Share(converted, viewers).Wilson);
}

/// <summary>The share of one variant minus that of the control.</summary>
/// <param name="Of">Such as <c>b − a</c>.</param>
/// <param name="Interval">At 95 % confidence.</param>
/// <param name="IsClear">Whether zero is outside of the interval.</param>
internal sealed record Difference(string Of, double Value, Interval Interval, bool IsClear)
{
    public static Difference Between(VariantCount one, VariantCount control)
    {
        var (mine, theirs) =
            (new Share(one.Converted, one.Viewers), new Share(control.Converted, control.Viewers));
        var interval = mine.Minus(theirs);
        return new Difference(
            $"{one.Name} − {control.Name}", mine.Value - theirs.Value, interval, interval.ExcludesZero);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReadOut))]
internal sealed partial class ReadOutJson : JsonSerializerContext;
