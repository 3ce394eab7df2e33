using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>Makes ids that can be recognized later, and that keep their place in a listing after the thing they name
/// is gone.</summary>
/// <remarks>
/// An id is a position (16 hexadecimal digits, growing with every id) and a tag that only the holder of the secret can
/// compute. So S3 needs no memory to tell a version that was deleted from an id that it never made, as AWS does.
/// </remarks>
/// <param name="secret">Of this host; any length.</param>
/// <param name="tagBytes">1 to 32; the id has 16 characters and two more for each of these bytes.</param>
internal sealed class IssuedIds(byte[] secret, int tagBytes)
{
    /// <summary>Hexadecimal digits of a position.</summary>
    public const int PositionLength = 16;

    /// <param name="position">16 upper-case hexadecimal digits; ordinal order is the order of creation.</param>
    /// <param name="scope">What the id belongs to; it is recognized only there.</param>
    public string Make(string position, string scope = "") => position + Tag(position, scope);

    /// <summary>Where an id stands among the others.</summary>
    /// <returns>Null when no such id was ever made in this scope.</returns>
    public string? PositionOf(string id, string scope = "") =>
        id.Length == PositionLength + 2 * tagBytes && id[PositionLength..] == Tag(id[..PositionLength], scope)
            ? id[..PositionLength]
            : null;

    private string Tag(string position, string scope) => Convert.ToHexString(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{position} {scope}")).AsSpan(0, tagBytes));
}
