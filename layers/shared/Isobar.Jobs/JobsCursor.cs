using System.Buffers.Text;
using System.Text;

namespace Isobar.Jobs;

/// <summary>
/// Where a page of the listing ended. Clients get it as text that means nothing to them; whatever comes back is
/// checked, and the worst that a made-up one can do is to begin a page elsewhere in the same listing.
/// </summary>
public sealed class JobsCursor
{
    private const int MaxLength = 200;

    internal JobsCursor(string position) => Position = position;

    /// <summary>The sort key of the last item of the page before.</summary>
    internal string Position { get; }

    /// <returns>Null when no listing ever gave it out.</returns>
    public static JobsCursor? TryParse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        var position = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
        var cursor = new JobsCursor(position);
        // Written again it must be the same: one cursor has one text.
        return Listing.TryReadJob(position) is not null && cursor.ToString() == text ? cursor : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Position));
}
