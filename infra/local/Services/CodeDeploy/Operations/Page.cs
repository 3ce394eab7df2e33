using System.Text;

namespace Isobar.Local.Services.CodeDeploy.Operations;

/// <summary>Pages of lists of names or ids; a token is the last item of the page before.</summary>
internal static class Page
{
    /// <exception cref="Wire.AwsException">InvalidNextTokenException.</exception>
    public static (IReadOnlyList<string> Items, string? NextToken) Of(IEnumerable<string> all, string? token)
    {
        if (token is not null)
        {
            var last = Decode(token);
            var known = all.ToList();
            all = known.IndexOf(last) is >= 0 and var at ? known.Skip(at + 1) : throw CodeDeployErrors.InvalidToken();
        }

        var page = all.Take(CodeDeployLimits.PageSize + 1).ToList();
        if (page.Count <= CodeDeployLimits.PageSize) return (page, null);
        page.RemoveAt(CodeDeployLimits.PageSize);
        return (page, Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1])));
    }

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw CodeDeployErrors.InvalidToken();
    }
}
