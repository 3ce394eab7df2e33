using System.CommandLine;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Isobar.Local.Tokens;
using ParameterNotFoundException = Amazon.SimpleSystemsManagement.Model.ParameterNotFoundException;

namespace Isobar.Local.Commands;

/// <summary>
/// The public keys that stacks trust: prints the user's own, and changes those in a stack's parameter while the stack
/// runs. It finds AWS, or a host, as every client of AWS does: by the usual variables and profiles.
/// </summary>
internal static class TokenKeysCommand
{
    public static Command Create(Option<string> stackName)
    {
        var file = new Option<string?>("--file")
        {
            Description = "Add it to a file with a JSON Web Key Set instead, such as edge/auth/keys.json",
        };
        var command = new Command(
            "keys", "Print the public key, as the parameter TokenPublicKeys takes it; or change a running stack's keys")
        {
            file, Publish(stackName), Rotate(stackName), Switch(), Retire(stackName),
        };
        command.SetAction(line => TokenCommand.Print(issuer =>
            line.GetValue(file) is { } path ? Added(path, issuer) : issuer.PublicKeys));
        return command;
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

    private static Command Publish(Option<string> stackName)
    {
        var command = new Command("publish", "Add the public key to those that a stack trusts") { stackName };
        command.SetAction((line, cancellationToken) => ChangeAsync(
            line.GetValue(stackName)!, ring => ring.With(PublicKeysIn(KeyFile.UsualPath)), cancellationToken));
        return command;
    }

    private static Command Rotate(Option<string> stackName)
    {
        var command = new Command(
            "rotate", "Make the next key and add its public half; tokens are signed by the present one until `switch`")
        {
            stackName,
        };
        command.SetAction((line, cancellationToken) => ChangeAsync(
            line.GetValue(stackName)!, ring => ring.With(PublicKeysIn(KeyFile.NextPath)), cancellationToken));
        return command;
    }

    private static Command Switch()
    {
        var command = new Command(
            "switch", "Sign tokens with the next key from now on; the private key that signed them before is deleted");
        command.SetAction(_ =>
        {
            if (!File.Exists(KeyFile.NextPath))
                throw new UsageException("There is no next key. `isobar token keys rotate` makes one.");
            File.Move(KeyFile.NextPath, KeyFile.UsualPath, overwrite: true);
            Console.WriteLine($"{IdIn(KeyFile.UsualPath)}  signs now");
        });
        return command;
    }

    private static Command Retire(Option<string> stackName)
    {
        var keys = new Option<string[]>("--key")
        {
            Description = "The id of a key to remove, as in --key=ID; several are possible",
        };
        var others = new Option<bool>("--others")
        {
            Description = "Remove every key but those of this user: the one that signs, and the next one",
        };
        var command = new Command("retire", "Remove keys from those that a stack trusts; their tokens are invalid then")
        {
            keys, others, stackName,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(others) == result.GetValue(keys) is { Length: > 0 })
                result.AddError("retire takes either --key=ID or --others.");
        });
        command.SetAction((line, cancellationToken) => ChangeAsync(
            line.GetValue(stackName)!, ring => Retired(ring, line.GetValue(keys) ?? []), cancellationToken));
        return command;
    }

    private static KeyRing Retired(KeyRing ring, string[] ids)
    {
        if (ids.Except(ring.Ids, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new UsageException($"There is no key {unknown}; there are {string.Join(", ", ring.Ids)}.");
        if (ids.Length > 0) return ring.Without(id => ids.Contains(id, StringComparer.Ordinal));
        return ring.Without(id => Told(id).Length == 0);
    }

    private static async Task<int> ChangeAsync(
        string stack, Func<KeyRing, KeyRing> change, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new AmazonSimpleSystemsManagementClient();
            var published = await new KeyParameter(client, stack).ChangeAsync(change, cancellationToken);
            Console.WriteLine($"{published.Name}, version {published.Version}:");
            foreach (var id in published.Keys.Ids) Console.WriteLine($"{id}{Told(id)}");
            return 0;
        }
        catch (ParameterNotFoundException)
        {
            throw new UsageException($"There is no parameter {KeyParameter.NameOf(stack)}: the stack {stack} is not "
                + "deployed there, or with ParametersExtension=off.");
        }
        catch (Exception e) when (e is FormatException or KeysInUseException)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new UsageException($"Parameter Store can't be asked: {e.Message}");
        }
    }

    // Of this user's own keys; empty for others.
    private static string Told(string id) =>
        id == IdIn(KeyFile.UsualPath) ? "  signs now"
        : File.Exists(KeyFile.NextPath) && id == IdIn(KeyFile.NextPath) ? "  next"
        : "";

    private static string IdIn(string path) => TokenCommand.With(path, issuer => issuer.KeyId);

    private static string PublicKeysIn(string path) => TokenCommand.With(path, issuer => issuer.PublicKeys);
}
