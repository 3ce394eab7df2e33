using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Isobar.Local.Tokens;

namespace Isobar.Local.Commands;

/// <summary>
/// Issues tokens for the API's POST routes, signed with a private key of the current user. A stack accepts them if its
/// parameter TokenPublicKeys has the public key; by default it has none.
/// </summary>
internal static partial class TokenCommand
{
    private const int MaxHours = 24;

    public static Command Create()
    {
        var subject = TextOption(
            "--subject", "The caller's name, the token's sub claim", "local", Subject(), "1 to 128 characters");
        var audience = TextOption(
            "--stack-name", "The stack that accepts the token, its aud claim", "isobar", StackName(),
            "a letter, then letters, digits and hyphens, 128 at most");
        var hours = NumberOption.Create(
            "--hours", $"Hours that the token is valid, 1 to {MaxHours}", least: 1, MaxHours, standard: 1);
        var file = new Option<string?>("--file")
        {
            Description = "Add it to a file with a JSON Web Key Set instead, such as edge/auth/keys.json",
        };
        var keys = new Command("keys", "Print the public key, as the value of the parameter TokenPublicKeys") { file };
        keys.SetAction(line => Print(issuer =>
            line.GetValue(file) is { } path ? Added(path, issuer) : issuer.PublicKeys));
        var command = new Command("token", "Print a bearer token for the API's POST routes")
        {
            keys, subject, audience, hours,
        };
        command.SetAction(line => Print(issuer => issuer.Issue(
            line.GetValue(subject)!, line.GetValue(audience)!, TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(line.GetValue(hours)))));
        return command;
    }

    // Prints nothing else on standard output, so that $(isobar token) works.
    private static int Print(Func<TokenIssuer, string> text)
    {
        var path = KeyFile.UsualPath;
        try
        {
            using var key = KeyFile.LoadOrCreate(path);
            Console.WriteLine(text(new TokenIssuer(key)));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException(
                $"The private key for tokens, {path}, can't be used: {e.Message} Delete it, and a new key is created.");
        }
    }

    private static string Added(string path, TokenIssuer issuer)
    {
        try
        {
            var count = KeySetFile.Add(path, issuer);
            return $"{path} has the key {issuer.KeyId}, as one of {count}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"The key can't be added to {path}: {e.Message}");
        }
    }

    private static Option<string> TextOption(
        string name, string description, string standard, Regex allowed, string rule)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (!allowed.IsMatch(result.GetValueOrDefault<string>() ?? "")) result.AddError($"{name} takes {rule}.");
        });
        return option;
    }

    // The same limit as in the authorizer, functions/Authorize.
    [GeneratedRegex(@"\A.{1,128}\z", RegexOptions.Singleline)]
    private static partial Regex Subject();

    // Source: CloudFormation API Reference, CreateStack, StackName.
    [GeneratedRegex(@"\A[a-zA-Z][-a-zA-Z0-9]{0,127}\z")]
    private static partial Regex StackName();
}
