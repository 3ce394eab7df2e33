using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>A random password, alone or as a member of a JSON object.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::SecretsManager::Secret GenerateSecretString; AWS Secrets Manager
/// API Reference, GetRandomPassword, for the characters.
/// </remarks>
internal static class GeneratedPassword
{
    private const int DefaultCharacters = 32;
    private const int MaxCharacters = 4_096;
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static string Read(PropertyReader wanted, Identifiers random)
    {
        var length = wanted.OptionalInt32("PasswordLength", 1, MaxCharacters) ?? DefaultCharacters;
        var excluded = wanted.OptionalString("ExcludeCharacters") ?? "";
        string[] kinds =
        [
            .. Kinds(wanted).Select(kind => string.Concat(kind.Where(character => !excluded.Contains(character))))
                .Where(kind => kind.Length > 0),
        ];
        var hasEach = wanted.OptionalBoolean("RequireEachIncludedType") ?? true;
        var (template, key) = (
            wanted.OptionalString("SecretStringTemplate"), wanted.OptionalString("GenerateStringKey"));
        if (template is null != key is null)
            wanted.Refuse("GenerateStringKey", "and SecretStringTemplate go together");
        if (kinds.Length == 0 || (hasEach && kinds.Length > length))
        {
            wanted.Refuse("PasswordLength", "leaves no password: there are no characters, or not one of each kind");
            return "";
        }

        var password = Make(kinds, length, hasEach, random);
        return template is null || key is null ? password : Join(wanted, template, key, password);
    }

    private static IEnumerable<string> Kinds(PropertyReader wanted)
    {
        if (wanted.OptionalBoolean("ExcludeLowercase") is not true) yield return Lower;
        if (wanted.OptionalBoolean("ExcludeUppercase") is not true) yield return Lower.ToUpperInvariant();
        if (wanted.OptionalBoolean("ExcludeNumbers") is not true) yield return Digits;
        if (wanted.OptionalBoolean("ExcludePunctuation") is not true) yield return Punctuation;
        if (wanted.OptionalBoolean("IncludeSpace") is true) yield return " ";
    }

    // Drawn again until each kind is there: every password that has them all is as likely as another.
    private static string Make(string[] kinds, int length, bool hasEach, Identifiers random)
    {
        var all = string.Concat(kinds);
        while (true)
        {
            var password = Draw(all, length, random);
            if (!hasEach || kinds.All(kind => password.AsSpan().ContainsAny(kind))) return password;
        }
    }

    private static string Draw(string characters, int length, Identifiers random)
    {
        var password = new StringBuilder(length);
        // A byte that would make some characters more likely than others is left out.
        var most = 256 - (256 % characters.Length);
        while (password.Length < length)
            foreach (var drawn in random.NewBytes(length - password.Length))
                if (drawn < most) password.Append(characters[drawn % characters.Length]);
        return password.ToString();
    }

    private static string Join(PropertyReader wanted, string template, string key, string password)
    {
        try
        {
            if (JsonNode.Parse(template) is JsonObject members)
            {
                members[key] = password;
                return members.ToJsonString();
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // Refused below.
        }

        wanted.Refuse("SecretStringTemplate", "must be a JSON object");
        return "";
    }
}
