namespace Isobar.Api;

/// <summary>Presigns upload forms for the landing bucket.</summary>
public interface IFormSigner
{
    /// <summary>A form that puts one object of 1 to <paramref name="maxBytes"/> bytes under the key.</summary>
    Task<(string Url, IReadOnlyDictionary<string, string> Fields)> SignAsync(
        string key, long maxBytes, DateTimeOffset expiresAt);
}
