using System.CommandLine;
using Isobar.Local.Tokens;

namespace Isobar.Local.Commands;

/// <summary>
/// Issues tokens for writing calls, with a key of this machine's user. A stack takes them once it was given the public
/// key; no stack is born with one.
/// </summary>
internal static class TokenCommand
{
    private const int MostHours = 24;

    public static Command Create()
    {
        var subject = new Option<string>("--subject")
        {
            Description = "Who calls", DefaultValueFactory = _ => "local",
        };
        var audience = new Option<string>("--stack-name")
        {
            Description = "The stack that the token is for", DefaultValueFactory = _ => "isobar",
        };
        var hours = new Option<int>("--hours")
        {
            Description = $"How long it is good, 1 to {MostHours}", DefaultValueFactory = _ => 1,
        };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostHours)
                result.AddError($"--hours takes 1 to {MostHours}.");
        });
        var keys = new Command("keys", "Print the public key, as the value of the parameter TokenPublicKeys");
        keys.SetAction(_ => Print(issuer => issuer.PublicKeys));
        var command = new Command("token", "Print a token for the API's writing calls")
        {
            keys, subject, audience, hours,
        };
        command.SetAction(line => Print(issuer => issuer.Issue(
            line.GetValue(subject)!, line.GetValue(audience)!, TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(line.GetValue(hours)))));
        return command;
    }

    // Alone on standard output, so that it can be put into another command line.
    private static int Print(Func<TokenIssuer, string> text)
    {
        using var key = KeyFile.LoadOrCreate(KeyFile.UsualPath);
        Console.WriteLine(text(new TokenIssuer(key)));
        return 0;
    }
}
