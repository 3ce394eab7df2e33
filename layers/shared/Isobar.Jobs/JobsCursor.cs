using System.Buffers.Text;
using System.Text;

namespace Isobar.Jobs;

/// <summary>
/// Where a page of jobs ended. Clients get it as opaque text. What they send back is
/// checked; a made-up one can only begin a page elsewhere in the same list.
/// </summary>
public sealed class JobsCursor
{
    private const int MaxLength = 200;

    internal JobsCursor(string position) => Position = position;

    /// <summary>The sort key of the last item of the page before.</summary>
    internal string Position { get; }

    /// <returns>Null if no page ended with it.</returns>
    public static JobsCursor? TryParse(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        var position = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
        var cursor = new JobsCursor(position);
        // Written again it must be the same: one cursor has one text.
        return JobList.TryReadJob(position) is not null && cursor.ToString() == text ? cursor : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Position));
}
