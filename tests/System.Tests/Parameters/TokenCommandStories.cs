using System.Text.RegularExpressions;
using Isobar.Stories.Documents;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Parameters;

/// <summary>The command that changes the keys of a running stack, as a user types it.</summary>
[Collection(TokenKeysStack.Name)]
public sealed partial class TokenCommandStories(TokenKeysFixture stack)
{
    private const string Parameter = "/isobar/token-keys, version ";

    [Fact]
    public async Task A_key_is_published_rotated_and_retired_and_those_of_others_stay()
    {
        using var home = new TemporaryHome();
        var own = await RunAsync(home, "token", "keys", "publish");
        var first = Marked(own, "signs now");
        Assert.StartsWith(Parameter, own, StringComparison.Ordinal);
        Assert.Equal(own, await RunAsync(home, "token", "keys", "publish"));

        var rotated = await RunAsync(home, "token", "keys", "rotate");
        var next = Marked(rotated, "next");
        Assert.Equal(first, Marked(rotated, "signs now"));
        Assert.Equal($"{next}  signs now", await RunAsync(home, "token", "keys", "switch"));

        var left = await RunAsync(home, "token", "keys", "retire", $"--key={first}");
        Assert.Equal(next, Marked(left, "signs now"));
        Assert.DoesNotContain(first, left, StringComparison.Ordinal);
        // The line of the parameter, the key that the stack was deployed with, and this one.
        Assert.Equal(3, left.Split('\n').Length);
    }

    [Fact]
    public async Task What_can_not_be_done_is_refused_in_a_sentence()
    {
        using var home = new TemporaryHome();

        Assert.Contains("There is no next key.", await RefusedAsync(home, "token", "keys", "switch"));
        Assert.Contains("There is no key unknown; there are ",
            await RefusedAsync(home, "token", "keys", "retire", "--key=unknown"));
        Assert.Contains(
            "There is no parameter /another/token-keys: the stack another is not deployed there, or with "
            + "ParametersExtension=off.",
            await RefusedAsync(home, "token", "keys", "publish", "--stack-name", "another"));
    }

    private static string Marked(string output, string mark) =>
        Key().Matches(output).Single(line => line.Groups["mark"].Value == mark).Groups["id"].Value;

    private async Task<string> RunAsync(TemporaryHome home, params string[] arguments)
    {
        await using var command = Start(home, arguments);
        Assert.True(await command.EndAsync() == 0, command.Errors);
        return command.Output;
    }

    private async Task<string> RefusedAsync(TemporaryHome home, params string[] arguments)
    {
        await using var command = Start(home, arguments);
        Assert.NotEqual(0, await command.EndAsync());
        Assert.DoesNotContain("   at ", command.Errors, StringComparison.Ordinal);
        return command.Errors;
    }

    private HostProcess Start(TemporaryHome home, string[] arguments)
    {
        var variables = new Dictionary<string, string>(home.Surroundings.Variables)
        {
            ["AWS_ENDPOINT_URL"] = stack.Host.Address.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "local", ["AWS_SECRET_ACCESS_KEY"] = "local",
        };
        return HostProcess.Start(home.Surroundings with { Variables = variables }, arguments);
    }

    [GeneratedRegex("^(?<id>[A-Za-z0-9_-]{43})  (?<mark>.+)$", RegexOptions.Multiline)]
    private static partial Regex Key();
}
