using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Experiments;

/// <summary>Counts the viewers of each variant, and those who then went on. In any order of the lines.</summary>
/// <remarks>
/// A viewer is an address and a user agent, as for the router, because a first visit has no cookie. Two people behind
/// one address with the same browser are one viewer; if they saw both variants they are left out, and counted apart.
/// </remarks>
internal sealed class ExperimentCount
{
    /// <summary>What is kept of one is about 100 bytes.</summary>
    public const int MaxViewers = 1_000_000;

    private readonly Dictionary<UInt128, Viewer> viewers = [];

    /// <summary>The first request that counted, and the last; null before there was one.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Span { get; private set; }

    /// <exception cref="InvalidDataException">There are more than a million viewers.</exception>
    public void Add(AccessLogLine line)
    {
        if (line.Method != "GET" || line.Status >= 400) return;
        var variant = ExperimentPaths.VariantOf(line.Path);
        var isConversion = ExperimentPaths.IsConversion(line.Path);
        if (variant is null && !isConversion) return;
        Span = Span is { } span ? (Earlier(span.From, line.At), Later(span.To, line.At)) : (line.At, line.At);
        var key = KeyOf(line);
        if (!viewers.TryGetValue(key, out var viewer))
        {
            if (viewers.Count == MaxViewers)
                throw new InvalidDataException($"there are more than {MaxViewers:N0} viewers: name fewer days");
            viewers.Add(key, viewer = new Viewer());
        }

        if (variant is { } seen) viewer.Saw(seen, line.At);
        if (isConversion) viewer.WentOn(line.At);
    }

    public ReadOut Read()
    {
        var exposed = viewers.Values.Where(viewer => viewer.Variants != 0).ToList();
        var variants = ExperimentPaths.Variants.Select((name, index) =>
        {
            var saw = exposed.Where(viewer => viewer.Variants == 1 << index).ToList();
            return VariantCount.Of(name, saw.Count, saw.Count(viewer => viewer.IsConverted));
        }).ToList();
        return ReadOut.Of(Span, variants, exposed.Count(viewer => !int.IsPow2(viewer.Variants)));
    }

    private static UInt128 KeyOf(AccessLogLine line) => BinaryPrimitives.ReadUInt128BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{line.Viewer}\n{line.UserAgent}")));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset two) => one < two ? one : two;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset two) => one > two ? one : two;

    private sealed class Viewer
    {
        private DateTimeOffset firstSeen = DateTimeOffset.MaxValue;
        private DateTimeOffset lastWentOn = DateTimeOffset.MinValue;

        /// <summary>A bit for each variant seen.</summary>
        public int Variants { get; private set; }

        // To the second: who went on within the second of seeing the page counts.
        public bool IsConverted => lastWentOn >= firstSeen;

        public void Saw(int variant, DateTimeOffset at) =>
            (Variants, firstSeen) = (Variants | (1 << variant), Earlier(firstSeen, at));

        public void WentOn(DateTimeOffset at) => lastWentOn = Later(lastWentOn, at);
    }
}
