using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Isobar.Local.Tokens;

namespace Isobar.Local.Commands;

/// <summary>
/// Issues tokens for the API's POST routes, signed with a private key of the current user. A stack accepts them if its
/// public keys have that key's public half; by default it has none.
/// </summary>
internal static partial class TokenCommand
{
    private const int MaxHours = 24;

    public static Command Create()
    {
        var subject = TextOption(
            "--subject", "The caller's name, the token's sub claim", "local", Subject(), "1 to 128 characters");
        var audience = StackNameOption("The stack that accepts the token, its aud claim");
        var hours = NumberOption.Create(
            "--hours", $"Hours that the token is valid, 1 to {MaxHours}", least: 1, MaxHours, standard: 1);
        var command = new Command("token", "Print a bearer token for the API's POST routes")
        {
            TokenKeysCommand.Create(StackNameOption("The stack whose keys are changed")), subject, audience, hours,
        };
        command.SetAction(line => Print(issuer => issuer.Issue(
            line.GetValue(subject)!, line.GetValue(audience)!, TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(line.GetValue(hours)))));
        return command;
    }

    // Prints nothing else on standard output, so that $(isobar token) works.
    public static int Print(Func<TokenIssuer, string> text)
    {
        Console.WriteLine(With(KeyFile.UsualPath, text));
        return 0;
    }

    /// <summary>Makes a text with the key of a file, which is made if it is not there.</summary>
    /// <exception cref="UsageException">The file can't be used.</exception>
    public static string With(string path, Func<TokenIssuer, string> text)
    {
        try
        {
            using var key = KeyFile.LoadOrCreate(path);
            return text(new TokenIssuer(key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException(
                $"The private key for tokens, {path}, can't be used: {e.Message} Delete it, and a new key is created.");
        }
    }

    /// <summary>The option that names a stack.</summary>
    public static Option<string> StackNameOption(string description) => TextOption(
        "--stack-name", description, "isobar", StackName(), "a letter, then letters, digits and hyphens, 128 at most");

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
