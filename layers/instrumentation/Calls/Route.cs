namespace Isobar.Instrumentation.Calls;

/// <summary>
/// The path of a call without what may identify somebody or be a secret: no query, and <c>*</c> for every part that has
/// a digit or is long. So <c>/orders/4711/items?token=…</c> is <c>/orders/*/items</c>.
/// </summary>
internal static class Route
{
    private const int MaxPartLength = 40;
    private const int MaxParts = 8;

    public static string Of(Uri address)
    {
        var parts = address.AbsolutePath.Split('/');
        for (var part = 0; part < parts.Length; part++)
            if (!IsPlain(parts[part])) parts[part] = "*";
        return parts.Length <= MaxParts ? string.Join('/', parts) : string.Join('/', parts[..MaxParts]) + "/…";
    }

    // A version such as v1 is one of few.
    private static bool IsPlain(string part) =>
        part.Length <= MaxPartLength && (!part.AsSpan().ContainsAnyInRange('0', '9') || IsVersion(part));

    private static bool IsVersion(string part) =>
        part.Length is 2 or 3 && part[0] == 'v' && !part.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
