using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>
/// Tokens for a stack that was deployed before: by the key of this machine's user, as people have them.
/// </summary>
internal static class UserTokens
{
    /// <summary>Skips the story if the stack was not deployed with the public half of that key.</summary>
    public static TokenIssuer For(DeployedStack stack) =>
        Known(stack.TokenPublicKeys, KeyFile.UsualPath)
        ?? throw Xunit.Sdk.SkipException.ForSkip(
            $"The stack {stack.Name} does not have the public key of this machine's user; deploy it with "
            + "TokenPublicKeys=$(isobar token keys), or add it by `isobar token keys publish`.");

    /// <param name="keySets">As the stack has them.</param>
    /// <returns>Null if there is no key at the path, or if none of the sets is its public half.</returns>
    public static TokenIssuer? Known(IReadOnlyList<string> keySets, string path)
    {
        if (!File.Exists(path)) return null;
        var issuer = new TokenIssuer(KeyFile.LoadOrCreate(path));
        return keySets.Any(set => KeyRing.Read(set).Ids.Contains(issuer.KeyId)) ? issuer : null;
    }
}
