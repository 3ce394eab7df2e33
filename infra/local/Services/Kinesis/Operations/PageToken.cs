using System.Globalization;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <summary>Where a list goes on. A caller holds it as a text for up to five minutes.</summary>
/// <param name="Stream">Whose shards are listed; empty for a list of streams.</param>
/// <param name="After">The last item of the page before: nothing is lost when items go.</param>
/// <param name="Filter">What the first request asked for.</param>
/// <param name="Issued">Service time.</param>
internal sealed record PageToken(string Stream, string After, string Filter, DateTimeOffset Issued)
{
    /// <exception cref="AwsException">InvalidArgumentException: this service never wrote it;
    /// ExpiredNextTokenException.</exception>
    public static PageToken Parse(string text, DateTimeOffset now)
    {
        var token = TryParse(text) ?? throw KinesisErrors.InvalidToken();
        return now - token.Issued > KinesisLimits.TokenLifetime ? throw KinesisErrors.ExpiredToken() : token;
    }

    /// <returns>Null when this service never wrote it.</returns>
    public static PageToken? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('/') is [var stream, var after, var filter, var at]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
            && issued <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? new PageToken(stream, after, filter, DateTimeOffset.FromUnixTimeMilliseconds(issued))
                : null;
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Stream}/{After}/{Filter}/{Issued.ToUnixTimeMilliseconds()}")));
}
