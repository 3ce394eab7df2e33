using System.Globalization;

namespace Isobar.Api;

/// <summary>Gives out places in the landing bucket, each for one file of a known size and for 15 minutes.</summary>
/// <param name="newId">An id that nobody can guess.</param>
public sealed class UploadDesk(IUploadForms forms, TimeProvider clock, Func<Guid> newId)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    internal async Task<UploadBody> OpenAsync(UploadRequest request)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"uploads/{newId():N}/{request.Name}");
        // A form says whole seconds.
        var now = clock.GetUtcNow();
        var expiresAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + Life;
        var (url, fields) = await forms.SignAsync(key, request.Bytes, expiresAt);
        return new UploadBody(key, url, fields, expiresAt);
    }
}
