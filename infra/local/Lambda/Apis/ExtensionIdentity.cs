using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>
/// Which extension of the environment is calling: the header <c>Lambda-Extension-Identifier</c>, given at registration,
/// says so. Every API for extensions asks here.
/// </summary>
internal static class ExtensionIdentity
{
    public const string Header = "Lambda-Extension-Identifier";

    /// <returns>The extension, or the refusal: the header is missing, no UUID, or nobody's.</returns>
    public static (RegisteredExtension? Extension, Refusal? Refused) Of(HttpContext http, Caller caller)
    {
        var header = http.Request.Headers[Header].ToString();
        if (header.Length == 0) return (null, Refusal.MissingExtensionIdentifier);
        if (!Guid.TryParse(header, out var identifier)) return (null, Refusal.InvalidExtensionIdentifier);
        return caller.Environment.FindExtension(identifier) is { } extension
            ? (extension, null)
            : (null, Refusal.UnknownExtension(identifier));
    }
}
