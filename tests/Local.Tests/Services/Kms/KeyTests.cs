using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Kms;

public sealed class KeyTests
{
    [Fact]
    public async Task A_key_is_described_as_it_was_created()
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        var created = (await kms.OkAsync("CreateKey", new JsonObject
        {
            ["Description"] = "for reports", ["Tags"] = new JsonArray(Tag("team", "data")),
        })).GetProperty("KeyMetadata");
        var key = created.GetProperty("KeyId").GetString()!;

        Assert.Equal($$"""
            {"AWSAccountId":"000000000000","KeyId":"{{key}}","Arn":"{{KmsOnPortZero.ArnOf($"key/{key}")}}",
            "CreationDate":{{created.GetProperty("CreationDate").GetRawText()}},"Enabled":true,
            "Description":"for reports","KeyUsage":"ENCRYPT_DECRYPT","KeyState":"Enabled","Origin":"AWS_KMS",
            "KeyManager":"CUSTOMER","CustomerMasterKeySpec":"SYMMETRIC_DEFAULT","KeySpec":"SYMMETRIC_DEFAULT",
            "EncryptionAlgorithms":["SYMMETRIC_DEFAULT"],"MultiRegion":false}
            """.ReplaceLineEndings(""), created.GetRawText());
        Assert.Equal(created.GetRawText(), (await DescribeAsync(kms, key)).GetRawText());
        Assert.Equal("""{"Tags":[{"TagKey":"team","TagValue":"data"}],"Truncated":false}""",
            (await kms.OkAsync("ListResourceTags", Of(key))).GetRawText());
    }

    [Theory]
    [InlineData("""{"KeySpec":"RSA_2048"}""",
        "ValidationException You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.")]
    [InlineData("""{"KeySpec":"RSA_2048","KeyUsage":"SIGN_VERIFY"}""",
        "UnsupportedOperationException The key spec RSA_2048 is not supported.")]
    [InlineData("""{"KeyUsage":"SIGN_VERIFY"}""",
        "ValidationException KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT")]
    [InlineData("""{"KeyUsage":"RANDOM"}""",
        "ValidationException 1 validation error detected: Value 'RANDOM' at 'keyUsage' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [SIGN_VERIFY, ENCRYPT_DECRYPT, GENERATE_VERIFY_MAC, KEY_AGREEMENT]")]
    [InlineData("""{"Origin":"EXTERNAL"}""", "UnsupportedOperationException The origin EXTERNAL is not supported.")]
    [InlineData("""{"MultiRegion":true}""", "UnsupportedOperationException Multi-Region keys are not supported.")]
    [InlineData("""{"Policy":"{"}""",
        "MalformedPolicyDocumentException The new key policy is not a valid policy: it must be JSON.")]
    [InlineData("""{"Tags":[{"TagKey":"a","TagValue":""},{"TagKey":"a","TagValue":""}]}""",
        "TagException Duplicate tag keys")]
    public async Task Other_kinds_of_keys_are_refused(string request, string error)
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        Assert.Equal($"400 {error}", await kms.ErrorAsync("CreateKey", JsonNode.Parse(request)!.AsObject()));
        Assert.Equal("""{"Keys":[],"Truncated":false}""", (await kms.OkAsync("ListKeys", [])).GetRawText());
    }

    [Fact]
    public async Task A_disabled_key_can_not_be_used_until_it_is_enabled()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        var ciphertext = await kms.EncryptAsync(key, "secret");

        await kms.OkAsync("DisableKey", Of(key));

        var refusal = $"400 DisabledException {KmsOnPortZero.ArnOf($"key/{key}")} is disabled.";
        Assert.Equal(refusal, await DecryptErrorAsync(kms, ciphertext));
        Assert.Equal(refusal, await kms.ErrorAsync("Encrypt", Of(key, ("Plaintext", "YQ=="))));
        Assert.Equal(refusal, await kms.ErrorAsync("GenerateDataKey", Of(key, ("KeySpec", "AES_256"))));
        Assert.Equal("Disabled", (await DescribeAsync(kms, key)).GetProperty("KeyState").GetString());
        await kms.OkAsync("EnableKey", Of(key));
        Assert.Equal("secret", await kms.DecryptAsync(ciphertext));
    }

    [Fact]
    public async Task A_deleted_key_waits_for_its_days_and_is_gone_then_with_its_aliases()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var (key, arn) = await KeyAsync(kms);
        await kms.OkAsync("CreateAlias", new JsonObject { ["AliasName"] = "alias/a", ["TargetKeyId"] = key });
        var ciphertext = await kms.EncryptAsync("alias/a", "secret");

        var scheduled = await kms.OkAsync("ScheduleKeyDeletion", new JsonObject
        {
            ["KeyId"] = key, ["PendingWindowInDays"] = 7,
        });

        Assert.Equal((arn, "PendingDeletion", 7), (scheduled.GetProperty("KeyId").GetString(),
            scheduled.GetProperty("KeyState").GetString(), scheduled.GetProperty("PendingWindowInDays").GetInt32()));
        var pending = $"400 KMSInvalidStateException {arn} is pending deletion.";
        Assert.Equal(pending, await DecryptErrorAsync(kms, ciphertext));
        Assert.Equal(pending, await kms.ErrorAsync("EnableKey", Of(key)));
        Assert.Equal(pending, await kms.ErrorAsync("ScheduleKeyDeletion", Of(key)));
        kms.World.Clock.JumpBy(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        Assert.Equal(scheduled.GetProperty("DeletionDate").GetRawText(),
            (await DescribeAsync(kms, key)).GetProperty("DeletionDate").GetRawText());
        kms.World.Clock.JumpBy(TimeSpan.FromMinutes(5));
        Assert.Equal($"400 NotFoundException Key '{arn}' does not exist", await kms.ErrorAsync("DescribeKey", Of(key)));
        Assert.Equal("""{"Aliases":[],"Truncated":false}""", (await kms.OkAsync("ListAliases", [])).GetRawText());
        Assert.StartsWith("400 AccessDeniedException", await DecryptErrorAsync(kms, ciphertext),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_that_is_cancelled_leaves_the_key_disabled()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var (key, arn) = await KeyAsync(kms);
        var ciphertext = await kms.EncryptAsync(key, "secret");
        Assert.Equal($"400 KMSInvalidStateException {arn} is not pending deletion.",
            await kms.ErrorAsync("CancelKeyDeletion", Of(key)));

        await kms.OkAsync("ScheduleKeyDeletion", Of(key));
        await kms.OkAsync("CancelKeyDeletion", Of(key));
        kms.World.Clock.JumpBy(TimeSpan.FromDays(31));

        var described = await DescribeAsync(kms, key);
        Assert.Equal("Disabled", described.GetProperty("KeyState").GetString());
        Assert.False(described.TryGetProperty("DeletionDate", out _));
        await kms.OkAsync("EnableKey", Of(key));
        Assert.Equal("secret", await kms.DecryptAsync(ciphertext));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(31)]
    public async Task A_deletion_waits_7_to_30_days(int days)
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        Assert.Equal($"400 ValidationException PendingWindowInDays must be from 7 to 30, not {days}.",
            await kms.ErrorAsync("ScheduleKeyDeletion", new JsonObject
            {
                ["KeyId"] = await kms.CreateKeyAsync(), ["PendingWindowInDays"] = days,
            }));
    }

    [Theory]
    [InlineData("none", "Invalid keyId 'none'")]
    [InlineData("0a6b4d0c-5d7f-4b1e-8f0a-3c1d2e4f5a6b",
        "Key 'arn:aws:kms:us-east-1:000000000000:key/0a6b4d0c-5d7f-4b1e-8f0a-3c1d2e4f5a6b' does not exist")]
    [InlineData("alias/none", "Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.")]
    [InlineData("arn:aws:kms:eu-west-1:000000000000:key/0a6b4d0c-5d7f-4b1e-8f0a-3c1d2e4f5a6b",
        "Invalid arn eu-west-1")]
    public async Task A_key_that_is_not_there_is_not_found(string keyId, string message)
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        Assert.Equal($"400 NotFoundException {message}", await kms.ErrorAsync("DescribeKey", Of(keyId)));
    }

    [Fact]
    public async Task A_key_has_a_policy_that_can_be_replaced()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        var first = JsonNode.Parse(
            (await kms.OkAsync("GetKeyPolicy", Of(key))).GetProperty("Policy").GetString()!)!;

        await kms.OkAsync("PutKeyPolicy", Of(key, ("Policy", """{"Statement":[]}""")));

        Assert.Equal("arn:aws:iam::000000000000:root", (string?)first["Statement"]![0]!["Principal"]!["AWS"]);
        Assert.Equal("""{"Policy":"{\"Statement\":[]}","PolicyName":"default"}""",
            (await kms.OkAsync("GetKeyPolicy", Of(key))).GetRawText());
        Assert.Equal("400 LimitExceededException The quota of 32768 bytes of a key policy is reached.",
            await kms.ErrorAsync("PutKeyPolicy", Of(key, ("Policy", new string(' ', 32_769)))));
    }

    [Fact]
    public async Task A_key_has_50_tags_at_most()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        var tags = new JsonArray([.. Enumerable.Range(0, 50).Select(i => Tag($"{i}", ""))]);
        await kms.OkAsync("TagResource", new JsonObject { ["KeyId"] = key, ["Tags"] = tags });

        Assert.Equal("400 LimitExceededException The quota of tags of a KMS key is reached.",
            await kms.ErrorAsync("TagResource", new JsonObject
            {
                ["KeyId"] = key, ["Tags"] = new JsonArray(Tag("more", "")),
            }));
        await kms.OkAsync("UntagResource", new JsonObject { ["KeyId"] = key, ["TagKeys"] = new JsonArray("0") });
        Assert.Equal(49, (await kms.OkAsync("ListResourceTags", Of(key))).GetProperty("Tags").GetArrayLength());
    }

    private static async Task<(string Id, string Arn)> KeyAsync(KmsOnPortZero kms)
    {
        var key = await kms.CreateKeyAsync();
        return (key, KmsOnPortZero.ArnOf($"key/{key}"));
    }

    private static async Task<System.Text.Json.JsonElement> DescribeAsync(KmsOnPortZero kms, string key) =>
        (await kms.OkAsync("DescribeKey", Of(key))).GetProperty("KeyMetadata");

    private static Task<string> DecryptErrorAsync(KmsOnPortZero kms, string ciphertext) =>
        kms.ErrorAsync("Decrypt", new JsonObject { ["CiphertextBlob"] = ciphertext });

    private static JsonObject Of(string key, params (string Name, string Value)[] members)
    {
        var request = KmsOnPortZero.ContextOf(members);
        request["KeyId"] = key;
        return request;
    }

    private static JsonNode Tag(string key, string value) =>
        new JsonObject { ["TagKey"] = key, ["TagValue"] = value };
}
