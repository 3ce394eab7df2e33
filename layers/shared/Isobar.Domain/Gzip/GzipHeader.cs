namespace Isobar.Domain;

/// <summary>The header of a gzip member (RFC 1952, section 2.3); nothing in it is of use here.</summary>
internal static class GzipHeader
{
    // RFC 1952 bounds neither name nor comment; no tool writes a header near this.
    private const int MaxBytes = 128 * 1024;

    private const int CrcFlag = 2, ExtraFlag = 4, NameFlag = 8, CommentFlag = 16, ReservedFlags = 0xE0;

    public static async ValueTask SkipAsync(GzipBody body, CancellationToken cancellation)
    {
        var fixedPart = new byte[10];
        for (var at = 0; at < fixedPart.Length; at++) fixedPart[at] = await body.ReadHeaderByteAsync(cancellation);
        var flags = fixedPart[3];
        if (!Gzip.IsGzip(fixedPart) || fixedPart[2] != 8 || (flags & ReservedFlags) != 0)
            throw new InputRefusedException(InputReasons.GzipHeader, "Not a gzip header with deflate data.");

        if ((flags & ExtraFlag) != 0)
        {
            int length = await body.ReadHeaderByteAsync(cancellation);
            length |= await body.ReadHeaderByteAsync(cancellation) << 8;
            for (var at = 0; at < length; at++) await body.ReadHeaderByteAsync(cancellation);
        }

        if ((flags & NameFlag) != 0) await SkipTextAsync(body, cancellation);
        if ((flags & CommentFlag) != 0) await SkipTextAsync(body, cancellation);
        if ((flags & CrcFlag) == 0) return;
        await body.ReadHeaderByteAsync(cancellation);
        await body.ReadHeaderByteAsync(cancellation);
    }

    private static async ValueTask SkipTextAsync(GzipBody body, CancellationToken cancellation)
    {
        for (var length = 0; length < MaxBytes; length++)
        {
            if (await body.ReadHeaderByteAsync(cancellation) == 0) return;
        }

        throw new InputRefusedException(InputReasons.GzipHeader, "The header's text does not end.");
    }
}
