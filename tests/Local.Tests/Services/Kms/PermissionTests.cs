using System.Text.Json.Nodes;
using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests.Services.Kms;

/// <summary>Permissions are asked for the key, whatever names it.</summary>
public sealed class PermissionTests
{
    [Fact]
    public async Task An_alias_and_a_ciphertext_stand_for_their_key()
    {
        var gate = new RecordingGate();
        await using var kms = await KmsOnPortZero.StartAsync(gate);
        var (one, two) = (await kms.CreateKeyAsync(), await kms.CreateKeyAsync());
        await kms.OkAsync("CreateAlias", new JsonObject { ["AliasName"] = "alias/one", ["TargetKeyId"] = one });
        gate.Asked.Clear();

        var ciphertext = await kms.EncryptAsync("alias/one", "secret");
        await kms.DecryptAsync(ciphertext);
        await kms.OkAsync("ReEncrypt", new JsonObject { ["CiphertextBlob"] = ciphertext, ["DestinationKeyId"] = two });

        var (first, second) = (KmsOnPortZero.ArnOf($"key/{one}"), KmsOnPortZero.ArnOf($"key/{two}"));
        Assert.Equal(
            [$"kms:Encrypt {first}", $"kms:Decrypt {first}", $"kms:ReEncryptFrom {first}", $"kms:ReEncryptTo {second}"],
            gate.Asked.SelectMany(asked => asked.Actions).Select(action => $"{action.Action} {action.Resource}"));
    }

    [Fact]
    public async Task A_refused_call_encrypts_nothing_and_changes_nothing()
    {
        var gate = new RecordingGate();
        await using var kms = await KmsOnPortZero.StartAsync(gate);
        var key = await kms.CreateKeyAsync();
        gate.Refuses = true;

        foreach (var operation in (string[])["Encrypt", "DisableKey", "ScheduleKeyDeletion"])
        {
            var request = new JsonObject { ["KeyId"] = key };
            if (operation == "Encrypt") request["Plaintext"] = "YQ==";
            Assert.Equal("403 AccessDeniedException Not allowed.", await kms.ErrorAsync(operation, request));
        }

        gate.Refuses = false;
        Assert.Equal("Enabled", (await kms.OkAsync("DescribeKey", new JsonObject { ["KeyId"] = key }))
            .GetProperty("KeyMetadata").GetProperty("KeyState").GetString());
    }
}
