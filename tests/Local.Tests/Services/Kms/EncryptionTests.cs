using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Kms;

public sealed class EncryptionTests
{
    private static readonly (string, string)[] Context = [("job", "one"), ("station", "Zürich")];

    [Fact]
    public async Task What_was_encrypted_is_decrypted_without_naming_the_key()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        var ciphertext = await kms.EncryptAsync(key, "secret");

        var answer = await kms.OkAsync("Decrypt", new JsonObject { ["CiphertextBlob"] = ciphertext });

        Assert.Equal("secret"u8.ToArray(), answer.GetProperty("Plaintext").GetBytesFromBase64());
        Assert.Equal(KmsOnPortZero.ArnOf($"key/{key}"), answer.GetProperty("KeyId").GetString());
        Assert.Equal("SYMMETRIC_DEFAULT", answer.GetProperty("EncryptionAlgorithm").GetString());
        Assert.NotEqual(ciphertext, await kms.EncryptAsync(key, "secret"));
    }

    [Fact]
    public async Task The_encryption_context_must_be_the_same_in_any_order()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var ciphertext = await kms.EncryptAsync(await kms.CreateKeyAsync(), "secret", Context);

        Assert.Equal("secret", await kms.DecryptAsync(ciphertext, [.. Context.Reverse()]));
        foreach (var other in ((string, string)[][])[
            [], [Context[0]], [("job", "two"), Context[1]], [("job", "onestationZürich")], [.. Context, ("a", "")]])
        {
            Assert.Equal("400 InvalidCiphertextException", await kms.ErrorAsync("Decrypt", new JsonObject
            {
                ["CiphertextBlob"] = ciphertext, ["EncryptionContext"] = KmsOnPortZero.ContextOf(other),
            }));
        }
    }

    [Fact]
    public async Task A_ciphertext_of_which_any_byte_is_changed_is_refused()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var ciphertext = Convert.FromBase64String(await kms.EncryptAsync(await kms.CreateKeyAsync(), "secret"));

        for (var i = 0; i < ciphertext.Length; i++)
        {
            var changed = ciphertext.ToArray();
            changed[i] ^= 1;
            var error = await kms.ErrorAsync(
                "Decrypt", new JsonObject { ["CiphertextBlob"] = Convert.ToBase64String(changed) });
            Assert.True(
                error.StartsWith("400 InvalidCiphertextException", StringComparison.Ordinal)
                || error.StartsWith("400 AccessDeniedException The ciphertext refers", StringComparison.Ordinal),
                $"{i}: {error}");
        }
    }

    [Fact]
    public async Task A_ciphertext_belongs_to_one_key_of_one_Region()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var ciphertext = await kms.EncryptAsync(await kms.CreateKeyAsync(), "secret");

        Assert.Equal(
            "400 IncorrectKeyException The key ID in the request does not identify a CMK that can perform this "
            + "operation.",
            await kms.ErrorAsync("Decrypt", new JsonObject
            {
                ["CiphertextBlob"] = ciphertext, ["KeyId"] = await kms.CreateKeyAsync(),
            }));
        Assert.Equal(
            "400 AccessDeniedException The ciphertext refers to a customer master key that does not exist, does not "
            + "exist in this region, or you are not allowed to access.",
            await kms.ErrorAsync("Decrypt", new JsonObject { ["CiphertextBlob"] = ciphertext }, "eu-west-1"));
    }

    [Fact]
    public async Task ReEncrypt_moves_a_ciphertext_to_another_key_and_context()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var (old, next) = (await kms.CreateKeyAsync(), await kms.CreateKeyAsync());
        var ciphertext = await kms.EncryptAsync(old, "secret", Context);

        var moved = await kms.OkAsync("ReEncrypt", new JsonObject
        {
            ["CiphertextBlob"] = ciphertext, ["SourceEncryptionContext"] = KmsOnPortZero.ContextOf(Context),
            ["DestinationKeyId"] = next,
        });
        await kms.OkAsync("DisableKey", new JsonObject { ["KeyId"] = old });

        Assert.Equal(KmsOnPortZero.ArnOf($"key/{old}"), moved.GetProperty("SourceKeyId").GetString());
        Assert.Equal(KmsOnPortZero.ArnOf($"key/{next}"), moved.GetProperty("KeyId").GetString());
        Assert.Equal("secret", await kms.DecryptAsync(moved.GetProperty("CiphertextBlob").GetString()!));
    }

    [Theory]
    [InlineData("\"KeySpec\":\"AES_256\"", 32)]
    [InlineData("\"KeySpec\":\"AES_128\"", 16)]
    [InlineData("\"NumberOfBytes\":1024", 1_024)]
    public async Task A_data_key_comes_in_plain_and_encrypted(string length, int bytes)
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var request = $"{{\"KeyId\":\"{await kms.CreateKeyAsync()}\",{length}}}";

        var made = await kms.OkAsync("GenerateDataKey", JsonNode.Parse(request)!.AsObject());
        var hidden = await kms.OkAsync("GenerateDataKeyWithoutPlaintext", JsonNode.Parse(request)!.AsObject());

        Assert.Equal(bytes, made.GetProperty("Plaintext").GetBytesFromBase64().Length);
        Assert.Equal(made.GetProperty("Plaintext").GetString(), await PlaintextAsync(made));
        Assert.False(hidden.TryGetProperty("Plaintext", out _));
        Assert.Equal(bytes, Convert.FromBase64String(await PlaintextAsync(hidden)).Length);

        async Task<string> PlaintextAsync(System.Text.Json.JsonElement of) => (await kms.OkAsync(
            "Decrypt", new JsonObject { ["CiphertextBlob"] = of.GetProperty("CiphertextBlob").GetString() }))
            .GetProperty("Plaintext").GetString()!;
    }

    [Fact]
    public async Task Encrypt_takes_4096_bytes_at_most()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();

        var longest = new string('a', 4_096);

        Assert.Equal(longest, await kms.DecryptAsync(await kms.EncryptAsync(key, longest)));
        foreach (var (bytes, rule) in new[]
        {
            (4_097, "less than or equal to 4096"), (0, "greater than or equal to 1"),
        })
        {
            Assert.Equal(
                "400 ValidationException 1 validation error detected: Value at 'plaintext' failed to satisfy "
                + $"constraint: Member must have length {rule}",
                await kms.ErrorAsync("Encrypt", new JsonObject
                {
                    ["KeyId"] = key, ["Plaintext"] = Convert.ToBase64String(new byte[bytes]),
                }));
        }
    }

    [Theory]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"YQ==","EncryptionAlgorithm":"RSAES_OAEP_SHA_256"}""",
        "InvalidKeyUsageException Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"YQ==","GrantTokens":["a"]}""",
        "UnsupportedOperationException The parameter at $.GrantTokens is not supported.")]
    [InlineData("Encrypt", """{"KeyId":"KEY","Plaintext":"?"}""",
        "SerializationException The request body could not be read as JSON of this operation.")]
    [InlineData("Encrypt", """{"Plaintext":"YQ=="}""",
        "ValidationException 1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member "
        + "must not be null")]
    [InlineData("Decrypt", """{"CiphertextBlob":"YQ=="}""", "InvalidCiphertextException")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY"}""",
        "ValidationException Please specify either number of bytes or key spec.")]
    [InlineData("GenerateDataKey", """{"KeyId":"KEY","NumberOfBytes":1025}""",
        "ValidationException 1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy "
        + "constraint: Member must have value less than or equal to 1024")]
    public async Task What_breaks_a_rule_is_refused(string operation, string request, string error)
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var text = request.Replace("KEY", await kms.CreateKeyAsync(), StringComparison.Ordinal);

        Assert.Equal($"400 {error}", await kms.ErrorAsync(operation, JsonNode.Parse(text)!.AsObject()));
    }

    [Fact]
    public async Task A_dry_run_says_that_it_would_have_succeeded()
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        Assert.Equal("412 DryRunOperationException The request would have succeeded, but the DryRun option is set.",
            await kms.ErrorAsync("Encrypt", new JsonObject
            {
                ["KeyId"] = await kms.CreateKeyAsync(), ["Plaintext"] = "YQ==", ["DryRun"] = true,
            }));
    }

    [Fact]
    public async Task No_plaintext_is_in_the_journal()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        const string secret = "nobody-reads-this";
        await kms.DecryptAsync(await kms.EncryptAsync(await kms.CreateKeyAsync(), secret));

        var facts = kms.World.Journal.After(0).Select(entry => entry.Fact).ToList();

        Assert.NotEmpty(facts);
        Assert.DoesNotContain(facts, fact => fact.ToString()!.Contains(secret, StringComparison.Ordinal)
            || fact.ToString()!.Contains(Convert.ToBase64String("nobody-reads-this"u8), StringComparison.Ordinal));
    }
}
