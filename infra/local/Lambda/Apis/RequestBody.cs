using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Isobar.Local.Lambda.Apis;

/// <summary>A request's body, as far as Lambda takes it.</summary>
/// <param name="TooLarge">It was longer than <see cref="MaxBytes"/>; the rest was read and thrown away.</param>
/// <param name="Truncated">The connection ended before the body did.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, bool TooLarge, bool Truncated)
{
    /// <summary>
    /// 6 MiB + 100 bytes, inclusive. Source: the runtime interface emulator's <c>MaxPayloadSize</c>.
    /// </summary>
    public const int MaxBytes = 6_291_556;

    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        var kept = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? 0, 256, MaxBytes));
        var tooLarge = false;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    tooLarge |= kept.WrittenCount + segment.Length > MaxBytes;
                    if (!tooLarge) kept.Write(segment.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return new RequestBody(tooLarge ? default : kept.WrittenMemory, tooLarge, false);
            }
        }
        catch (Exception cut)
            when (cut is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException)
        {
            return new RequestBody(default, tooLarge, true);
        }
    }
}
