using System.Buffers.Binary;

namespace Isobar.Local.Lambda.Code;

/// <summary>Looks at the end of a zip file, before its directory is read into memory.</summary>
/// <remarks>Source: APPNOTE.TXT of PKWARE, 4.3.16, "End of central directory record".</remarks>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int MaxCommentBytes = 65_535;
    private const uint EndSignature = 0x06054b50;

    /// <exception cref="PackageRefusedException">It is no zip file, or its directory is too large.</exception>
    public static void Check(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndBytes + MaxCommentBytes)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndSignature) continue;
            // Where the directory begins; all ones where another record says it, which only files over 4 GB need.
            var begins = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
            var ends = zip.Length - tail.Length + at;
            if (begins > ends || ends - begins > PackageLimits.MaxDirectoryBytes)
                throw PackageRefusedException.Unreadable();
            return;
        }

        throw PackageRefusedException.Unreadable();
    }
}
