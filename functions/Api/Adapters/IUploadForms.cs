namespace Isobar.Api;

/// <summary>The landing bucket as the desk sees it.</summary>
public interface IUploadForms
{
    /// <summary>Signs a form that puts one object of 1 to <paramref name="maxBytes"/> bytes under the key.</summary>
    Task<(string Url, IReadOnlyDictionary<string, string> Fields)> SignAsync(
        string key, long maxBytes, DateTimeOffset expiresAt);
}
