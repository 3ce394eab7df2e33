using System.Globalization;

namespace Isobar.Api;

/// <summary>Creates presigned upload forms: one file each, of at most the requested size, for 15 minutes.</summary>
/// <param name="newId">Makes ids that nobody can guess.</param>
public sealed class UploadForms(IFormSigner signer, TimeProvider clock, Func<Guid> newId)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    internal async Task<UploadBody> CreateAsync(UploadRequest request)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"uploads/{newId():N}/{request.Name}");
        // A form's expiry has whole seconds.
        var now = clock.GetUtcNow();
        var expiresAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + Lifetime;
        var (url, fields) = await signer.SignAsync(key, request.Bytes, expiresAt);
        return new UploadBody(key, url, fields, expiresAt);
    }
}
